import { type ByteRange, stepRange } from '../../core/run/gather/stepAnswer.ts';
import type { ExecutionState } from '../../core/run/state.ts';

/** A part of what one execution said: that of a step, or the surroundings of a place. */
export type Part = { readonly execution: string } & (
  | { readonly type: 'step'; readonly step: string; readonly title: string }
  | { readonly type: 'place'; readonly at: number; readonly find: string; readonly title: string }
);

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
  return stepRange(execution, part.step);
}

/** Whether the lines of a part are those of the whole, or of a step, from the first: others have no number. */
export function isNumbered(part: Part | undefined): boolean {
  return part?.type !== 'place' || part.at <= around.before;
}

/** By what the output that is loaded for a range is known. */
export function windowKey(execution: string, range: ByteRange | undefined): string {
  return range === undefined ? execution : `${execution} from ${range.from}`;
}
