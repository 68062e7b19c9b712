import type { OutputPage, OutputQuery } from '../core/protocol/output.ts';
import { refuse, type Result } from '../core/util/errors.ts';
import type { RunningBatch } from './batch.ts';
import type { Archive } from './history/archive.ts';
import { chunksOf } from './history/outputText.ts';
import type { OutputPart } from './history/readOutput.ts';

export type OutputPageDeps = {
  readonly archive: Archive;
  /** Batches that run in this engine. */
  readonly running: ReadonlyMap<string, RunningBatch>;
};

/** A page of an execution's output, as its bytes. */
export async function readOutputBytes(
  { batch: id, execution, ...range }: OutputQuery,
  { archive, running }: OutputPageDeps,
): Promise<Result<OutputPart>> {
  const spool = running.get(id)?.spool;
  await spool?.written(execution);
  const extents = spool?.has(execution) ? spool.extents(execution) : await archive.extents(id, execution);
  if (!extents) return refuse('NOT_FOUND', `There is no execution ${execution} in batch ${id}.`);
  return { ok: true, value: await archive.output(id, extents, range) };
}

/** A page of an execution's output, as text. */
export async function readOutputText(query: OutputQuery, deps: OutputPageDeps): Promise<Result<OutputPage>> {
  const part = await readOutputBytes(query, deps);
  if (!part.ok) return part;
  const { pieces, ...page } = part.value;
  const { batch, execution } = query;
  return { ok: true, value: { batch, execution, ...page, chunks: chunksOf(pieces) } };
}
