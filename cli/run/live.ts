import type { Answers } from '../../core/protocol/answers.ts';
import { formatDuration, plural, sentenceOf, shortId } from '../../core/run/format.ts';
import { holdStatus, orderText, waveText } from '../../core/run/waveText.ts';
import { type BatchState, completed, type ExecutionState, waitsForInput } from '../../core/run/state.ts';
import { timeLeft } from '../../core/run/timeLeft.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type Line, span } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { countsLine } from './answers.ts';
import { progressBar } from './bar.ts';
import { stepsNow } from './stepTable.ts';
import { executionName } from '../../core/run/executionName.ts';

const widestBar = 57;

/** What runs where, before the first answer: `120 nodes  web[001-120]  parallel, 20 at once, batch 7f3k`. */
export function headLine(state: BatchState, foldNames: (names: readonly string[]) => string): Line {
  const { strategy } = state.plan;
  const names = escapeLine(foldNames(state.executions.map(executionName)));
  return [
    span(plural(state.executions.length, 'node'), 'bold'),
    span(`  ${names}`),
    span(`  ${orderText(strategy)}, batch ${shortId(state.id)}`, 'muted'),
  ];
}

type Moment = {
  readonly now: number;
  readonly terminal: Terminal;
  readonly stopping: boolean;
  /** What has been said by now, where answers are gathered. */
  readonly answered?: Answers | undefined;
};

/** The lines that are redrawn while a batch runs. `now` is milliseconds since the Unix epoch. */
export function liveLines(state: BatchState, { now, terminal, stopping, answered }: Moment): readonly Line[] {
  const { lead, rest } = sentenceOf(state);
  const done = completed(state) / state.executions.length;
  const cells = Math.min(widestBar, terminal.columns - 10);
  return [
    [],
    [
      ...progressBar(state, cells, terminal),
      span(`  ${String(Math.floor(done * 100)).padStart(3)} %`, 'bold'),
    ],
    [span(lead, 'bold'), span(rest), span(`     ${factsOf(state, now).join(', ')}`, 'muted')],
    ...nowLine(state),
    ...(answered ? [countsLine(answered, terminal)] : []),
    lastLine(holdOf(state, now).join(', '), {
      terminal,
      stopping: stopping ? stoppingHint(state, terminal.utf8) : undefined,
    }),
  ];
}

/** At which steps of a playbook the nodes are. */
function nowLine(state: BatchState): readonly Line[] {
  const steps = stepsNow(state);
  return steps === '' ? [] : [[span(steps, 'muted')]];
}

/** `42 s elapsed`, `about 19 s left` once a fifth is done, `1.9 nodes/s`. */
function factsOf(state: BatchState, now: number): readonly string[] {
  const elapsed = Math.max(0, now - state.startedAt);
  const done = completed(state);
  const facts = [`${formatDuration(elapsed, 'live')} elapsed`];
  if (done >= state.executions.length / 5 && elapsed >= 1000) {
    const left = timeLeft(state, now);
    if (left !== undefined) facts.push(`about ${formatDuration(left, 'live')} left`);
    facts.push(`${((done / elapsed) * 1000).toFixed(1)} nodes/s`);
  }
  return facts;
}

/** The node that has run longest, and the limit that keeps others waiting. */
function holdOf(state: BatchState, now: number): readonly string[] {
  const slowest = state.executions.reduce<ExecutionState | undefined>(longerRunning, undefined);
  const wave = holdStatus(state, now) ?? waveText(state);
  return [
    ...(wave === undefined ? [] : [wave]),
    ...(state.paused ? ['paused'] : []),
    ...questionOf(state, now),
    ...(slowest?.startedAt === undefined
      ? []
      : [`slowest ${escapeLine(executionName(slowest))} ${formatDuration(now - slowest.startedAt, 'live')}`]),
    ...(state.heldBy === undefined || state.paused ? [] : [`held by ${state.heldBy}`]),
  ];
}

/** The nodes that look as if they waited for an answer that nobody can give here. */
function questionOf(state: BatchState, now: number): readonly string[] {
  const [first, ...others] = state.executions.filter((each) => waitsForInput(each, now));
  if (!first) return [];
  const who =
    others.length === 0 ? `${escapeLine(executionName(first))} waits` : `${others.length + 1} nodes wait`;
  return [`${who} for input?`];
}

function longerRunning(
  slowest: ExecutionState | undefined,
  each: ExecutionState,
): ExecutionState | undefined {
  if (each.startedAt === undefined || each.outcome) return slowest;
  return slowest?.startedAt !== undefined && slowest.startedAt <= each.startedAt ? slowest : each;
}

/** `Stopping 20… Ctrl-C again to leave them`. */
export function stoppingHint(state: BatchState, utf8: boolean): string {
  const { running, connecting, waiting } = state.counts;
  return `Stopping ${running + connecting + waiting}${utf8 ? '…' : '...'} Ctrl-C again to leave them`;
}

function lastLine(
  hold: string,
  { terminal, stopping }: { terminal: Terminal; stopping: string | undefined },
): Line {
  if (stopping !== undefined) return [span(stopping, 'yellow')];
  const hint = 'Ctrl-C stops; what came is kept';
  const room = Math.min(widestBar, terminal.columns) - hold.length - 8;
  return [span(hold + ' '.repeat(Math.max(hold ? 4 : 0, hold ? room : 0)) + hint, 'muted')];
}
