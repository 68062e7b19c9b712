import { formatBytes, formatDuration, plural } from '../run/format.ts';
import type { Counters } from './tally.ts';

/** What was counted, for people. */
export function tallyText({
  since,
  batches,
  executions,
  retries,
  durations,
  connections,
  bytes,
}: Counters): string {
  const mean =
    durations.count === 0 ? '' : `, ${formatDuration(durations.totalMs / durations.count)} on average`;
  const from = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `Since ${from}Z`,
    `batches      ${batches.started}${listed(batches.ended)}`,
    `executions   ${executions.planned}${listed(executions.ended)}${mean}`,
    `retries      ${retries}`,
    `connections  ${connections.opened} made, ${connections.reused} there already`,
    `output       ${formatBytes(bytes.stdout)} on stdout, ${formatBytes(bytes.stderr)} on stderr`,
    ...durations.steps.flatMap(({ upToMs, count }) => (count === 0 ? [] : [stepText(upToMs, count)])),
    '',
  ].join('\n');
}

function listed(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function stepText(upToMs: number | null, count: number): string {
  const end = upToMs === null ? 'longer' : `up to ${formatDuration(upToMs)}`;
  return `  ${end.padEnd(14)} ${plural(count, 'execution')}`;
}
