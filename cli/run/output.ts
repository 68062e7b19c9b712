import type { EngineClient } from '../../core/protocol/client.ts';
import type { OutputChunk } from '../../core/protocol/output.ts';
import type { ExecutionState } from '../../core/run/state.ts';

/** Reads an execution's output from the first byte to the last, a page at a time. */
export type ReadOutput = (execution: ExecutionState) => AsyncIterable<OutputChunk>;

/** Bytes of a page: the most that the engine gives at once. */
const pageBytes = 1_048_576;

export function outputReader(client: Pick<EngineClient, 'output'>, batch: () => string): ReadOutput {
  return async function* (execution) {
    let from = 0;
    for (let left = totalBytes(execution); left > 0;) {
      const page = await client.output({ batch: batch(), execution: execution.id, from, limit: pageBytes });
      if (!page.ok || page.value.next <= from) return;
      yield* page.value.chunks;
      from = page.value.next;
      left = page.value.total - from;
    }
  };
}

/** Bytes of both streams together. */
export function totalBytes(execution: ExecutionState): number {
  return execution.stdoutBytes + execution.stderrBytes;
}

/** The exact bytes of a chunk. */
export function bytesOf(chunk: OutputChunk): Buffer {
  return chunk.base64 === undefined ? Buffer.from(chunk.text, 'utf8') : Buffer.from(chunk.base64, 'base64');
}

/** The beginning of both streams, at most `cap` bytes of each. */
export type Captured = { stdout: Buffer; stderr: Buffer; truncated: boolean };

export async function captureOutput(
  chunks: AsyncIterable<OutputChunk>,
  execution: ExecutionState,
  cap: number,
): Promise<Captured> {
  const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const room = {
    stdout: Math.min(cap, execution.stdoutBytes),
    stderr: Math.min(cap, execution.stderrBytes),
  };
  for await (const chunk of chunks) {
    const bytes = bytesOf(chunk).subarray(0, room[chunk.stream]);
    kept[chunk.stream].push(bytes);
    room[chunk.stream] -= bytes.length;
    if (room.stdout <= 0 && room.stderr <= 0) break;
  }
  return {
    stdout: Buffer.concat(kept.stdout),
    stderr: Buffer.concat(kept.stderr),
    truncated: execution.stdoutBytes > cap || execution.stderrBytes > cap,
  };
}
