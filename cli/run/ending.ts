import { executionLook, formatDuration, outcomeLook, plural, sentenceOf } from '../../core/run/format.ts';
import { mayStillRun } from '../../core/run/remote.ts';
import type { BatchState } from '../../core/run/state.ts';
import { escapeLine } from '../terminal/escape.ts';
import { markOf } from '../terminal/looks.ts';
import { type Line, lineWidth, padText, span, textWidth } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { detailOf } from './ended.ts';
import { type Ended, hasEnded } from './result.ts';

/** Reasons that the ending lists. */
const mostReasons = 50;

/** Executions that did not end well for the same reason. */
export type Failure = {
  readonly title: string;
  readonly reason: string;
  readonly executions: readonly [Ended, ...Ended[]];
};

/** Who failed and why: what may still run or has no known result first, then the most frequent. */
export function failuresOf(state: BatchState): readonly Failure[] {
  const byReason = new Map<string, { title: string; reason: string; executions: [Ended, ...Ended[]] }>();
  for (const execution of state.executions) {
    if (!hasEnded(execution) || execution.status === 'ok' || execution.status === 'skipped') continue;
    const title = titleOf(execution);
    const reason = reasonOf(execution);
    const key = `${execution.status}\0${mayStillRun(execution)}\0${title}\0${reason}`;
    const known = byReason.get(key);
    if (known) known.executions.push(execution);
    else byReason.set(key, { title, reason, executions: [execution] });
  }
  return [...byReason.values()].sort(
    (a, b) => weight(b.executions[0]) - weight(a.executions[0]) || b.executions.length - a.executions.length,
  );
}

/** The last lines of a batch: who failed and why, and how it ended. */
export function endingLines(
  state: BatchState,
  { terminal, foldNames }: { terminal: Terminal; foldNames: (names: readonly string[]) => string },
): readonly Line[] {
  const failures = failuresOf(state);
  const shown = failures.slice(0, mostReasons);
  const more = failures.length - shown.length;
  const table =
    failures.length === 0
      ? []
      : [
          [],
          [span('Failed', 'bold')],
          ...tableOf(shown, terminal, foldNames),
          ...(more > 0 ? [[span(`  and ${plural(more, 'more reason')}`, 'muted')]] : []),
        ];
  const { lead, rest } = sentenceOf(state);
  const took = formatDuration((state.endedAt ?? state.startedAt) - state.startedAt);
  return [...table, [], [span(lead, 'bold'), span(`${rest}, in ${took}`)]];
}

function tableOf(
  failures: readonly Failure[],
  terminal: Terminal,
  foldNames: (names: readonly string[]) => string,
): readonly Line[] {
  const widest = (texts: readonly string[], most: number): number =>
    Math.min(most, Math.max(...texts.map(textWidth)));
  const count = widest(
    failures.map(({ executions }) => String(executions.length)),
    5,
  );
  const title = widest(
    failures.map((each) => each.title),
    16,
  );
  const reason = widest(
    failures.map((each) => each.reason),
    60,
  );
  return failures.flatMap((failure): readonly Line[] => {
    const [first] = failure.executions;
    const names = escapeLine(foldNames(failure.executions.map(({ node }) => node)));
    const row = [
      span('  '),
      markOf(executionLook(first), terminal),
      span(`  ${String(failure.executions.length).padStart(count)}`),
      span(`  ${padText(failure.title, title)}  ${padText(failure.reason, reason)}`),
    ];
    const whole = [...row, span(`  ${names}`)];
    return lineWidth(whole) < terminal.columns ? [whole] : [row, [span(`      ${names}`)]];
  });
}

function titleOf({ outcome, status }: Ended): string {
  if (outcome.status === 'failed' && outcome.exitCode !== undefined) return `exit ${outcome.exitCode}`;
  if (outcome.status === 'signalled') return `killed by ${escapeLine(outcome.signal)}`;
  return outcomeLook[status].inSentence;
}

/** Our own message where it says more than the title, else the last line of output. */
function reasonOf(execution: Ended): string {
  const { outcome, lastLine, stdoutBytes, stderrBytes } = execution;
  const silent = stdoutBytes + stderrBytes === 0;
  const spoke = silent ? 'no output' : escapeLine(lastLine);
  if (outcome.status === 'signalled') return spoke;
  if (outcome.status === 'failed' && outcome.message === `exit ${outcome.exitCode}`) return spoke;
  return detailOf(execution);
}

function weight(execution: Ended): number {
  const { outcome } = execution;
  if (mayStillRun(execution) || outcome.status === 'lost') return 2;
  return outcome.status === 'not-started' || outcome.status === 'cancelled' ? 0 : 1;
}
