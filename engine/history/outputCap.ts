import type { OutputStream } from '../../core/run/progress.ts';

/** Bytes of output that are kept on disk. */
export type OutputLimits = { readonly perExecution: number; readonly perBatch: number };

/** Keeps one endless command from filling the disk, and leaves room for whole results of thousands of nodes. */
export const defaultOutputLimits: OutputLimits = { perExecution: 1024 ** 3, perBatch: 10 * 1024 ** 3 };

/** Bytes at the end of an output that are kept beside its beginning. */
export const tailBytes = 65_536;

type Piece = { readonly stream: OutputStream; readonly bytes: Uint8Array };
type Execution = { kept: number; tail: Piece[]; tailLength: number; leftOut: number };

/** What of an output is kept: its beginning as far as the limits go, then its end. */
export type OutputCap = {
  /** Whether a chunk belongs to the beginning; what does not waits here for the end of its execution. */
  admits(execution: string, stream: OutputStream, chunk: Uint8Array): boolean;
  /** The end of an output, which is kept as well. Once. */
  takeTail(execution: string): readonly Piece[];
  /** Bytes between the beginning and the end that are not kept. */
  leftOut(execution: string): number;
};

/** Counts for one batch. */
export function createOutputCap(limits: OutputLimits): OutputCap {
  const executions = new Map<string, Execution>();
  let total = 0;
  const of = (execution: string): Execution => {
    const known = executions.get(execution) ?? { kept: 0, tail: [], tailLength: 0, leftOut: 0 };
    executions.set(execution, known);
    return known;
  };
  return {
    admits(execution, stream, chunk) {
      const its = of(execution);
      const isOver = its.kept + chunk.length > limits.perExecution || total + chunk.length > limits.perBatch;
      if (!isOver && its.tail.length === 0 && its.leftOut === 0) {
        its.kept += chunk.length;
        total += chunk.length;
        return true;
      }
      addToTail(its, { stream, bytes: chunk });
      return false;
    },
    takeTail(execution) {
      const its = executions.get(execution);
      if (!its) return [];
      its.tailLength = 0;
      return its.tail.splice(0);
    },
    leftOut: (execution) => executions.get(execution)?.leftOut ?? 0,
  };
}

function addToTail(its: Execution, piece: Piece): void {
  its.tail.push(piece);
  its.tailLength += piece.bytes.length;
  while (its.tailLength > tailBytes) {
    const first = its.tail.shift();
    if (!first) return;
    const dropped = Math.min(first.bytes.length, its.tailLength - tailBytes);
    if (dropped < first.bytes.length) {
      its.tail.unshift({ stream: first.stream, bytes: first.bytes.subarray(dropped) });
    }
    its.tailLength -= dropped;
    its.leftOut += dropped;
  }
}
