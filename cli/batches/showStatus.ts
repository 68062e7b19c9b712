import type { BatchPage, ExecutionSummary, StatusQuery } from '../../core/protocol/status.ts';
import { formatDuration, outcomeLook, plural } from '../../core/run/format.ts';
import { originText } from '../../core/run/fromOrigin.ts';
import type { ExecutionStatus } from '../../core/run/state.ts';
import { exitCode } from '../exitCode.ts';
import { withIsoTimes } from '../isoTimes.ts';
import { pageFoot } from '../pages.ts';
import { tableOf } from '../inventory/table.ts';
import { withClient } from '../withClient.ts';
import { type OutputFormat, reportRefusal, type Streams } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';
import { stepLine } from '../run/steps.ts';
import { renderLine } from '../terminal/style.ts';
import { findBatch } from './findBatch.ts';

export type StatusFlags = {
  readonly status?: readonly ExecutionStatus[];
  readonly search?: string;
  readonly sort: NonNullable<StatusQuery['sort']>;
  readonly page: number;
  readonly pageSize: number;
  readonly output: OutputFormat;
  readonly data?: string;
};

/** Prints a page of a batch. */
export function showStatus(
  wanted: string | undefined,
  flags: StatusFlags,
  streams: Streams,
): Promise<number> {
  const { output, data, status, search, sort, page, pageSize } = flags;
  const settings = { data, format: output, streams };
  return withClient(settings, async (client) => {
    const batch = await findBatch(client, wanted);
    if (!batch.ok) return reportRefusal(batch.error, output, streams);
    const answer = await client.status({
      batch: batch.value,
      sort,
      page,
      pageSize,
      ...(status && { statuses: [...status] }),
      ...(search !== undefined && { search }),
    });
    if (!answer.ok) return reportRefusal(answer.error, output, streams);
    if (output === 'json') streams.out(jsonOf(answer.value));
    else streams.out(textOf(answer.value));
    return exitCode.ok;
  });
}

function jsonOf({ executions, ...page }: BatchPage): string {
  const told = { version: 1, ...withIsoTimes(page), executions: executions.map(withIsoTimes) };
  return `${JSON.stringify(told)}\n`;
}

function textOf(page: BatchPage): string {
  const counts = Object.entries(page.counts)
    .map(([status, count]) => `${count} ${outcomeLook[status as ExecutionStatus].inSentence}`)
    .join(', ');
  const { metrics } = page;
  const rate = metrics.successRate === null ? '' : `, ${Math.floor(metrics.successRate * 100)} % ok`;
  const head = [
    `${page.batch}  ${page.status}${page.paused ? ', paused' : ''}  ${page.title}`,
    `${reached(page)}: ${counts}`,
    `${formatDuration(metrics.durationMs)}, ${metrics.perSecond.toFixed(1)} nodes/s${rate}`,
    ...(page.origin === null ? [] : [`again on ${originText(page.origin)}`]),
    ...(page.heldBy === null ? [] : [`held by ${page.heldBy}`]),
    ...page.notes.map((note) => `note: ${note}`),
    ...Object.entries(page.breakers).map(([key, state]) => `circuit breaker ${state}: ${key}`),
  ];
  const foot = pageFoot(plural(page.found, 'node'), page);
  const lines = (texts: readonly string[]): string => texts.map((text) => `${escapeLine(text)}\n`).join('');
  return `${lines(head)}\n${nodesOf(page.executions)}${lines(foot === '' ? [] : [foot])}`;
}

/** A row for each node, its steps below. */
function nodesOf(executions: readonly ExecutionSummary[]): string {
  const rows = tableOf(executions.map(rowOf)).split('\n');
  const plain = { live: false, colour: false, utf8: true, columns: Infinity, wrap: Infinity };
  return executions
    .map(({ steps = [] }, at) =>
      [rows[at], ...steps.map((step) => renderLine(stepLine(step), plain))]
        .map((line) => `${line}\n`)
        .join(''),
    )
    .join('');
}

/** How far a batch is; of one that has ended, only how many nodes it was for: not all of them may have run. */
function reached({ status, completed, nodes, percent }: BatchPage): string {
  return status === 'running'
    ? `${completed}/${plural(nodes, 'node')} (${percent} %)`
    : plural(nodes, 'node');
}

function rowOf({ node, item, status, durationMs, attempts, message }: ExecutionSummary): string[] {
  return [
    item === undefined ? node : `${node}: ${item}`,
    outcomeLook[status].inSentence,
    durationMs === null ? '' : formatDuration(durationMs),
    attempts > 1 ? plural(attempts, 'attempt') : '',
    message === 'ok' ? '' : message,
  ];
}
