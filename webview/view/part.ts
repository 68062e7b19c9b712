import type { ExecutionState } from '../../core/run/state.ts';
import { stepsAt } from './stepCells.ts';

/** A part of what one execution said: that of a step, or the surroundings of a place. */
export type Part = { readonly execution: string } & (
  | { readonly type: 'step'; readonly step: string; readonly title: string }
  | { readonly type: 'place'; readonly at: number; readonly find: string; readonly title: string }
);

/** Bytes of both streams together, as they came; `until` is missing while more may come. */
export type ByteRange = { readonly from: number; readonly until?: number };

/** Bytes that are shown before and after a place. */
const around = { before: 8_192, after: 24_576 };

/** Where a part is; undefined where all of the output has to stand for it, as nobody knows where the part begins. */
export function rangeOf(part: Part | undefined, execution: ExecutionState): ByteRange | undefined {
  if (part?.execution !== execution.id) return undefined;
  if (part.type === 'place') {
    const { stdoutBytes, stderrBytes } = execution;
    const until = Math.min(stdoutBytes + stderrBytes, part.at + around.after);
    return { from: Math.max(0, part.at - around.before), until };
  }
  // What was left out lies at a place that is not known, and moves all that comes after it.
  if (execution.leftOut !== undefined) return undefined;
  const steps = stepsAt(execution, part.step);
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) return undefined;
  return { from: first.from, ...(last.until !== undefined && { until: last.until }) };
}

/** Whether the lines of a part are those of the whole, or of a step, from the first: others have no number. */
export function isNumbered(part: Part | undefined): boolean {
  return part?.type !== 'place' || part.at <= around.before;
}

/** By what the output that is loaded for a range is known. */
export function windowKey(execution: string, range: ByteRange | undefined): string {
  return range === undefined ? execution : `${execution} from ${range.from}`;
}
