import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { ExecutionSummary } from '../../core/protocol/status.ts';
import { formatDuration, outcomeLook, plural, shortId, spokenDuration } from '../../core/run/format.ts';
import { rerunWords } from '../../core/run/rerun.ts';
import { lookOfBatch, themeColor } from './looks.ts';
import { clockTime, shortDate } from './time.ts';
import { shortTitle } from './titles.ts';

/** What a row of the history shows, free of VS Code's own types. */
export type HistoryRow = {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Words with dots between them, which menus ask for. */
  readonly context: string;
};

/** Who looks, and when in milliseconds since the epoch. */
export type Viewer = { readonly now: number; readonly user: string };

/** Short enough that the side bar has room for how it went; the tooltip has all of it. */
const labelLength = 16;

/** `5 nodes · 14:02 · 1:14 · 7f3k`, or `1/5 failed · …`; while it runs `3/5 completed, 1 failed · 42 s · 7f3k`. */
export function batchRow(batch: BatchSummary, viewer: Viewer): HistoryRow {
  const look = lookOfBatch(batch.status);
  const isRunning = batch.status === 'running';
  return {
    label: shortTitle(batch.title, labelLength),
    description: batchDescription(batch, viewer),
    icon: isRunning ? 'loading~spin' : look.icon,
    color: themeColor[look.family],
    spoken: [
      batch.title.trim(),
      look.word,
      plural(batch.nodes, 'node'),
      ...(isRunning ? [`${batch.completed} completed`] : []),
      ...(batch.failures > 0
        ? [`${batch.failures} ${isRunning ? 'failed' : troubleWord(batch.counts)}`]
        : []),
      ...spokenTime(batch),
      ...others(batch, viewer),
      `batch ${shortId(batch.id)}`,
    ].join(', '),
    context: ['batch', isRunning ? 'running' : 'ended', ...flagsOf(batch)].join('.'),
  };
}

export function batchDescription(batch: BatchSummary, { now, user }: Viewer): string {
  const times =
    batch.status === 'running'
      ? [formatDuration(now - batch.startedAt, 'live')]
      : [timeOf(batch.startedAt, now), ...tookOf(batch)];
  return [counted(batch), ...times, ...others(batch, { now, user }), shortId(batch.id)].join(' · ');
}

/** `web03`, then `exit 3 · 1.1 s · #3 · deploy@10.0.3.3`. */
export function executionRow(execution: ExecutionSummary): HistoryRow {
  const { node, status, message, durationMs, address } = execution;
  const look = outcomeLook[status];
  const said = message === '' || message === look.inSentence ? look.word : message;
  const number = `#${execution.id.replace(/^e/, '')}`;
  return {
    label: node,
    description: [
      said,
      ...(durationMs === null ? [] : [formatDuration(durationMs)]),
      number,
      ...(address === null ? [] : [address]),
    ].join(' · '),
    icon: status === 'running' ? 'loading~spin' : look.icon,
    color: themeColor[look.family],
    spoken: [
      `number ${number.slice(1)}`,
      node,
      look.word,
      ...(said === look.word ? [] : [said]),
      ...(durationMs === null ? [] : [spokenDuration(durationMs)]),
      ...(address === null ? [] : [address]),
    ].join(', '),
    context: 'execution',
  };
}

/** Milliseconds from the first start to the last end; undefined where nothing started or it still goes on. */
export function workedMs({ firstStart, lastEnd }: BatchSummary): number | undefined {
  return firstStart === undefined || lastEnd === undefined ? undefined : Math.max(0, lastEnd - firstStart);
}

/** The lines of a tooltip, but for what the nodes are. */
export function batchFacts(batch: BatchSummary): readonly string[] {
  const { title, status, user, startedAt, endedAt, origin, elsewhere } = batch;
  const started = `Started ${new Date(startedAt).toLocaleString('en-GB')} by ${user}`;
  const ended = endedAt === undefined ? '' : `, ended ${clockTime(endedAt)}`;
  const took = workedMs(batch);
  return [
    title.trim(),
    '',
    `${lookOfBatch(status).word}: ${countsText(batch)}`,
    started + ended,
    ...(took === undefined ? [] : [`${formatDuration(took)} from the first start to the last end`]),
    ...(elsewhere === undefined ? [] : [`Runs in ${elsewhere}`]),
    ...(origin ? [`Runs again on ${rerunWords[origin.which]} in batch ${shortId(origin.batch)}`] : []),
    `batch ${shortId(batch.id)}`,
  ];
}

function countsText({ counts, nodes }: BatchSummary): string {
  return `${plural(nodes, 'node')}, ${outcomeCounts(counts)}`;
}

/** `36 ok, 1 failed`. */
export function outcomeCounts(counts: BatchSummary['counts']): string {
  const parts = Object.entries(outcomeLook).flatMap(([status, { inSentence }]) => {
    const count = Object.entries(counts).find(([each]) => each === status)?.[1] ?? 0;
    return count > 0 ? [`${count} ${inSentence}`] : [];
  });
  return parts.join(', ');
}

function counted({ status, nodes, completed, failures, counts }: BatchSummary): string {
  if (status === 'running')
    return `${completed}/${nodes} completed${failures > 0 ? `, ${failures} failed` : ''}`;
  return failures > 0 ? `${failures}/${nodes} ${troubleWord(counts)}` : plural(nodes, 'node');
}

/** `failed`, `unreachable`, `cancelled`: how those ended that are not ok; `not ok` where they did not end alike. */
function troubleWord(counts: BatchSummary['counts']): string {
  const ends = Object.entries(outcomeLook).filter(
    ([status]) =>
      status !== 'ok' &&
      status !== 'skipped' &&
      Object.entries(counts).some(([each, n]) => each === status && n > 0),
  );
  const [first, ...more] = ends.map(([, { inSentence }]) => inSentence);
  return first === undefined || more.length > 0 ? 'not ok' : first;
}

/** Under its day a batch needs the time only; elsewhere it is said which day that was. */
function timeOf(at: number, now: number): string {
  const date = shortDate(at, now);
  return date.includes(':') ? date : `${date} ${clockTime(at)}`;
}

function tookOf(batch: BatchSummary): readonly string[] {
  const took = workedMs(batch);
  return took === undefined ? [] : [formatDuration(took)];
}

function spokenTime(batch: BatchSummary): readonly string[] {
  const took = workedMs(batch);
  return [`started ${clockTime(batch.startedAt)}`, ...(took === undefined ? [] : [spokenDuration(took)])];
}

function others({ origin, user, elsewhere }: BatchSummary, viewer: Viewer): readonly string[] {
  return [
    ...(elsewhere === undefined ? [] : [`in ${elsewhere}`]),
    ...(origin ? [`re-run of ${shortId(origin.batch)}`] : []),
    ...(user === viewer.user ? [] : [user]),
  ];
}

function flagsOf({ failures, origin, counts }: BatchSummary): readonly string[] {
  const left = (counts['not-started'] ?? 0) + (counts.cancelled ?? 0) + (counts.interrupted ?? 0);
  return [
    ...(failures > (counts['not-started'] ?? 0) ? ['failed'] : []),
    ...(left > 0 ? ['left'] : []),
    ...(origin ? ['rerun'] : []),
  ];
}
