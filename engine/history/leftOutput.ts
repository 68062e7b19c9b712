import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Extent } from '../../core/run/events.ts';
import { frameHeadBytes, readFrameHead, writeFrameLength } from './frame.ts';
import { extend, sharedSpool } from './spool.ts';

/** What is on disk of the output of an execution whose end nobody has written. */
export type LeftOutput = { readonly extents: Extent[]; stdoutBytes: number; stderrBytes: number };

/**
 * Looks through the spool of a batch for the output of executions; `wanted` has their ids, by their places in the plan.
 * `mend`: a frame that a crash has torn is cut to what is there of it.
 */
export async function findOutput(
  folder: string,
  wanted: ReadonlyMap<number, string>,
  mend?: 'mend',
): Promise<ReadonlyMap<string, LeftOutput>> {
  const found = new Map<string, LeftOutput>();
  for (const name of [sharedSpool, ...[...wanted.values()].map((id) => `${id}.out`)]) {
    const file = await open(join(folder, name), mend ? 'r+' : 'r').catch(() => undefined);
    if (!file) continue;
    try {
      await findIn(file, name, { wanted, found, mend });
    } finally {
      await file.close();
    }
  }
  return found;
}

type Search = {
  readonly wanted: ReadonlyMap<number, string>;
  readonly found: Map<string, LeftOutput>;
  readonly mend: 'mend' | undefined;
};

async function findIn(file: FileHandle, name: string, { wanted, found, mend }: Search): Promise<void> {
  const { size } = await file.stat();
  const bytes = Buffer.alloc(frameHeadBytes);
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(bytes, 0, frameHeadBytes, at);
    const head = readFrameHead(bytes.subarray(0, bytesRead));
    if (!head) return;
    const length = Math.min(head.length, size - at - frameHeadBytes);
    // Without mending somebody may still be writing it.
    if (length < head.length && !mend) return;
    if (length < head.length) await writeFrameLength(file, at, length);
    const id = wanted.get(head.execution);
    if (id !== undefined && length > 0) {
      const output = found.get(id) ?? { extents: [], stdoutBytes: 0, stderrBytes: 0 };
      found.set(id, output);
      output[`${head.stream}Bytes`] += length;
      extend(output.extents, { file: name, offset: at, length: frameHeadBytes + length });
    }
    at += frameHeadBytes + length;
  }
}
