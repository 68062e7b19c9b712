import { actionFacts, actionTitle } from '../run/actionText.ts';
import { formatDuration, outcomeLook, plural, sentenceText, shortId } from '../run/format.ts';
import { reasonsOf } from '../run/gather/reasons.ts';
import { endMessage } from '../run/statuses.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import { escapeLine } from '../util/escape.ts';
import { alikeText, type SameAnswer, sameAnswers } from './answers.ts';
import { gapText, harmless } from './excerpt.ts';
import { type ExportInput, wantedOf } from './input.ts';
import { executionName } from '../run/executionName.ts';

/** A page for tickets and wikis: how it ended, who failed and why, the answers, a row for each node. */
export async function* writeMarkdown(input: ExportInput): AsyncGenerator<string> {
  const { state, time } = input;
  yield `# ${inline(actionTitle(state.plan.action))}\n\n${inline(sentenceText(state))}\n\n`;
  const facts = [
    `Batch ${shortId(state.id)} (${state.id}), by ${state.user}`,
    `Started ${time(state.startedAt)}`,
    ...(state.endedAt === undefined
      ? ['Still running when this was written']
      : [`Took ${formatDuration(state.endedAt - state.startedAt)}`]),
    ...actionFacts(state.plan.action),
    ...state.notes,
  ];
  yield facts.map((fact) => `- ${inline(fact)}\n`).join('');
  yield failureTable(input);
  yield '\n## Answers\n';
  for (const answer of await sameAnswers(input)) yield answerText(answer);
  yield '\n## Nodes\n\n';
  yield tableHead(['Node', 'Outcome', 'Time', 'Message']);
  for (const execution of wantedOf(input)) {
    const { status, startedAt, endedAt } = execution;
    const took = startedAt === undefined ? '' : formatDuration((endedAt ?? startedAt) - startedAt);
    yield tableRow([
      executionName(execution),
      outcomeLook[status].word,
      took,
      status === 'ok' ? '' : endMessage(execution),
    ]);
  }
}

function failureTable(input: ExportInput): string {
  const failures = reasonsOf({ executions: wantedOf(input) });
  if (failures.length === 0) return '';
  const rows = failures.map(({ title, text, executions }) =>
    tableRow([String(executions.length), title, text, foldForDisplay(executions.map(executionName))]),
  );
  return `\n## Failed\n\n${tableHead(['Nodes', 'End', 'Reason', 'Which'])}${rows.join('')}`;
}

function answerText({ executions, excerpt, isExact }: SameAnswer): string {
  const [first] = executions;
  const names = foldForDisplay(executions.map(executionName));
  const head = `\n### ${plural(executions.length, 'node')}, ${outcomeLook[first.status].inSentence}: ${inline(names)}\n\n`;
  if (!excerpt) return `${head}No output.\n`;
  const texts = [excerpt.head.map(harmless).join(''), excerpt.tail.map(harmless).join('')];
  const gap = `\n\n${inline(gapText(excerpt))}\n\n`;
  const remark = isExact ? '' : `${inline(alikeText(first))}\n\n`;
  return head + remark + (excerpt.leftOut > 0 ? texts.map(fenced).join(gap) : fenced(texts.join('')));
}

/** A block of code (CommonMark, 4.5) whose fence is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}${fence}\n`;
}

function tableHead(titles: readonly string[]): string {
  return `| ${titles.join(' | ')} |\n|${' --- |'.repeat(titles.length)}\n`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(inline).join(' | ')} |\n`;
}

/** Text in a line that means nothing but itself (CommonMark, 2.4). */
function inline(text: string): string {
  return escapeLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]|:(?=\/\/)|(?<=\bwww)\./g, '\\$&')
    .replace(/^(\s*)([-+#>=])/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
