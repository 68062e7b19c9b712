import { actionTitle } from '../run/actionText.ts';
import type { Ended } from '../run/executionState.ts';
import type { OutcomeStatus } from '../run/outcome.ts';
import { type OutputStream, outputStreams } from '../run/progress.ts';
import { endMessage } from '../run/statuses.ts';
import { escapeLine, escapeText } from '../util/escape.ts';
import { type ExportInput, wantedOf } from './input.ts';
import { openOutput, readText } from './output.ts';
import { executionHead } from './result.ts';

type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

/** What a build server takes each outcome for: the command said no, it could not say, or it was not asked. */
const verdicts: Readonly<Record<OutcomeStatus, Verdict>> = {
  ok: 'passed',
  failed: 'failure',
  signalled: 'failure',
  'timed-out': 'failure',
  unreachable: 'error',
  lost: 'error',
  refused: 'error',
  cancelled: 'skipped',
  skipped: 'skipped',
  'not-started': 'skipped',
  interrupted: 'error',
  crashed: 'error',
};

/** One test suite, a test case for each node, in the form that build servers read (JUnit's XML). */
export async function* writeJUnit(input: ExportInput): AsyncGenerator<string> {
  const { state } = input;
  const executions = wantedOf(input);
  const count = (verdict: Verdict): number =>
    executions.filter(({ outcome }) => verdicts[outcome.status] === verdict).length;
  const numbers = `tests="${executions.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const time = seconds((state.endedAt ?? state.startedAt) - state.startedAt);
  const name = quoted(actionTitle(state.plan.action));
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="muster" ${numbers} time="${time}">\n`;
  const since = new Date(state.startedAt).toISOString().slice(0, 19);
  yield `<testsuite name=${name} id=${quoted(state.id)} ${numbers} time="${time}" timestamp="${since}">\n`;
  for (const execution of executions) yield* testCase(execution, name, input);
  yield '</testsuite>\n</testsuites>\n';
}

async function* testCase(
  execution: Ended,
  title: string,
  { readOutput }: ExportInput,
): AsyncGenerator<string> {
  const { node, durationMs, outcome } = executionHead(execution);
  yield `<testcase classname=${title} name=${quoted(node)} time="${seconds(durationMs ?? 0)}">\n`;
  const verdict = verdicts[outcome];
  if (verdict === 'skipped') yield `<skipped message=${quoted(endMessage(execution))}/>\n`;
  else if (verdict !== 'passed') {
    yield `<${verdict} type=${quoted(outcome)} message=${quoted(endMessage(execution))}/>\n`;
  }
  const chunks = await openOutput(readOutput, execution);
  for (const stream of outputStreams) yield* system(stream, execution, chunks);
  yield '</testcase>\n';
}

async function* system(
  stream: OutputStream,
  { stdoutBytes, stderrBytes }: Ended,
  chunks: Awaited<ReturnType<typeof openOutput>>,
): AsyncGenerator<string> {
  const name = stream === 'stdout' ? 'out' : 'err';
  if ((stream === 'stdout' ? stdoutBytes : stderrBytes) === 0) return;
  yield `<system-${name}>`;
  for await (const piece of readText(chunks())) {
    if (piece.stream === stream) yield escapeXml(escapeText(piece.text));
  }
  yield `</system-${name}>\n`;
}

function quoted(text: string): string {
  return `"${escapeXml(escapeLine(text))}"`;
}

/** What is no character of XML 1.0 (2.2) has been made visible before. */
function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"\ufffe\uffff]/g, (character) => entities[character] ?? '\ufffd');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
