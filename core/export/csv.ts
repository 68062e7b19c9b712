import { guardFormula, isDecided } from '../inventory/formula.ts';
import type { Ended } from '../run/executionState.ts';
import { outputStreams } from '../run/progress.ts';
import { base64Of } from './base64.ts';
import { type Batch, wantedOf } from './input.ts';
import { openOutput, partOf, rawBytes, textOf } from './output.ts';
import { connectionResult, executionHead, type ExecutionHead } from './result.ts';

type Cell = string | number | null;

const headColumns = [
  'id',
  'node',
  'outcome',
  'exitCode',
  'signal',
  'kind',
  'remote',
  'message',
  'attempts',
  'startedAt',
  'durationMs',
] as const satisfies readonly Exclude<keyof ExecutionHead, 'item'>[];
const wayColumns = ['transport', 'host', 'port', 'user', 'via'] as const;
const outputColumns = outputStreams.flatMap((stream) => [stream, `${stream}Base64`]);

/**
 * A table (RFC 4180), one execution on each row: what is known of it, how it was reached, what it said. Text is always in
 * quotes; what a spreadsheet would take for a formula begins with `'`.
 */
export async function* writeCsv(batch: Batch): AsyncGenerator<string> {
  const hasItems = batch.state.executions.some(({ item }) => item);
  yield csvRow(['batch', ...headColumns, ...(hasItems ? ['item'] : []), ...wayColumns, ...outputColumns]);
  for (const execution of wantedOf(batch)) {
    const head = executionHead(execution);
    const item = hasItems ? [head.item?.name ?? ''] : [];
    const own = headColumns.map((key) => head[key]);
    const cells = [batch.state.id, ...own, ...item, ...wayCells(execution, batch)];
    yield csvRow(cells).slice(0, -2);
    yield* outputCells(execution, batch);
    yield '\r\n';
  }
}

/** One row of a table, with its end. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? quoted(guardFormula(cell)) : (cell ?? ''))).join(',')}\r\n`;
}

function wayCells(execution: Ended, { targets }: Batch): readonly Cell[] {
  const { transport, host, port, user, via } = connectionResult(execution, targets.get(execution.node));
  const way = via.map((hop) => `${hop.user === null ? '' : `${hop.user}@`}${hop.host}:${hop.port}`);
  return [transport, host, port, user, way.join(';')];
}

/** What an execution said: its streams as text, those that are not UTF-8 as base64. */
async function* outputCells(execution: Ended, { readOutput }: Batch): AsyncGenerator<string> {
  const chunks = await openOutput(readOutput, execution);
  for (const stream of outputStreams) {
    const part = partOf(execution, stream, Infinity);
    const text = await textOf(chunks, part);
    yield ',';
    if (text) yield* textCell(text);
    yield ',';
    if (!text) yield* textCell(base64Of(rawBytes(chunks(), part)));
  }
}

/** Characters of blanks and quotes after which a text counts as a formula. */
const longestLead = 65_536;

/** Text of any length as one cell. Its beginning is held back until it is known whether it needs a guard. */
async function* textCell(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let lead: string | undefined = '';
  yield '"';
  for await (const piece of pieces) {
    if (lead === undefined) yield doubled(piece);
    else {
      lead += piece;
      if (!isDecided(lead) && lead.length < longestLead) continue;
      yield doubled(isDecided(lead) ? guardFormula(lead) : `'${lead}`);
      lead = undefined;
    }
  }
  yield `${doubled(guardFormula(lead ?? ''))}"`;
}

function quoted(text: string): string {
  return `"${doubled(text)}"`;
}

function doubled(text: string): string {
  return text.replaceAll('"', '""');
}
