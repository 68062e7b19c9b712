import type { Engine } from '../../engine/engine.ts';
import type { OutputPiece } from '../../engine/history/readOutput.ts';
import type { ExecutionState } from '../../core/run/state.ts';

/** Reads an execution's output from the first byte to the last, a page at a time. */
export type ReadOutput = (execution: ExecutionState) => AsyncIterable<OutputPiece>;

/** Bytes of a page: the most that the engine gives at once. */
const pageBytes = 1_048_576;

export function outputReader(read: Engine['output'], batch: () => string): ReadOutput {
  return async function* (execution) {
    let from = 0;
    for (let left = totalBytes(execution); left > 0;) {
      const page = await read({ batch: batch(), execution: execution.id, from, limit: pageBytes });
      if (!page.ok || page.value.next <= from) return;
      yield* page.value.pieces;
      from = page.value.next;
      left = page.value.total - from;
    }
  };
}

/** Bytes of both streams together. */
export function totalBytes(execution: ExecutionState): number {
  return execution.stdoutBytes + execution.stderrBytes;
}

/** The beginning of both streams, at most `cap` bytes of each. */
export type Captured = { stdout: Buffer; stderr: Buffer; truncated: boolean };

export async function captureOutput(
  pieces: AsyncIterable<OutputPiece>,
  execution: ExecutionState,
  cap: number,
): Promise<Captured> {
  const kept = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const room = {
    stdout: Math.min(cap, execution.stdoutBytes),
    stderr: Math.min(cap, execution.stderrBytes),
  };
  for await (const { stream, bytes } of pieces) {
    const some = bytes.subarray(0, room[stream]);
    kept[stream].push(some);
    room[stream] -= some.length;
    if (room.stdout <= 0 && room.stderr <= 0) break;
  }
  return {
    stdout: Buffer.concat(kept.stdout),
    stderr: Buffer.concat(kept.stderr),
    truncated: execution.stdoutBytes > cap || execution.stderrBytes > cap,
  };
}
