import { formatDuration } from '../../core/run/format.ts';
import type { BatchState } from '../../core/run/state.ts';
import { stepFates, type StepFate, stepOverview, type StepRow } from '../../core/run/steps/overview.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type Line, padText, span, takeWidth, textWidth } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { fateLook } from './steps.ts';

type Showing = { readonly terminal: Terminal; readonly foldNames: (names: readonly string[]) => string };

/** Cells of a title at most. */
const widestTitle = 44;
/** What is worth the names of its nodes. */
const isNamed: ReadonlySet<StepFate> = new Set(['failed', 'rescued', 'unfinished']);
const words: Readonly<Record<StepFate, string>> = {
  unreached: 'not run',
  skipped: 'skipped',
  wouldRun: 'would run',
  ok: 'ok',
  changed: 'changed',
  ignored: 'failed (ignored)',
  rescued: 'failed (rescued)',
  unfinished: 'not finished',
  failed: 'failed',
};

/** What became of each step of a playbook, over all nodes; nothing where one node says it all. */
export function stepTable(state: BatchState, showing: Showing): readonly Line[] {
  if (state.executions.length < 2) return [];
  const rows = stepOverview(state);
  if (rows.length === 0) return [];
  const titles = rows.map(({ title, depth }) => cut(`${'  '.repeat(depth)}${escapeLine(title)}`, showing));
  const width = Math.max(...titles.map(textWidth));
  return [
    [],
    [span('Steps', 'bold')],
    ...rows.map((row, at) => [span(`  ${padText(titles[at] ?? '', width)}`), ...fatesOf(row, showing)]),
  ];
}

function cut(title: string, { terminal }: Showing): string {
  if (textWidth(title) <= widestTitle) return title;
  const end = terminal.utf8 ? '…' : '...';
  return `${takeWidth(title, widestTitle - end.length)}${end}`;
}

/** `  5 changed, 1 failed  web03`, what is worst at the end. */
function fatesOf({ nodes, slowestMs }: StepRow, { foldNames }: Showing): Line {
  const there = stepFates.filter((fate) => nodes[fate]);
  const named = there.filter((fate) => isNamed.has(fate)).flatMap((fate) => nodes[fate] ?? []);
  return [
    ...there.flatMap((fate, at) => [
      span(at === 0 ? '  ' : ', '),
      span(`${nodes[fate]?.length ?? 0} ${words[fate]}`, fateLook[fate]),
    ]),
    ...(named.length === 0 ? [] : [span(`  ${escapeLine(foldNames(named))}`)]),
    ...(slowestMs < 1000 ? [] : [span(`  up to ${formatDuration(slowestMs)}`, 'muted')]),
  ];
}

/** Where nodes are that still run: `at install (4 nodes), health`. */
export function stepsNow({ executions }: BatchState): string {
  const counts = new Map<string, number>();
  for (const { outcome, steps } of executions) {
    const now = outcome ? undefined : steps?.findLast(({ status }) => status === 'running');
    if (now) counts.set(now.title, (counts.get(now.title) ?? 0) + 1);
  }
  const most = [...counts].toSorted(([, one], [, other]) => other - one);
  const texts = most.slice(0, 3).map(([title, count]) => `${escapeLine(title)} (${count})`);
  const more = most.length > 3 ? `, and ${most.length - 3} more` : '';
  return texts.length === 0 ? '' : `at ${texts.join(', ')}${more}`;
}
