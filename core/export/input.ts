import { type Ended, hasEnded } from '../run/executionState.ts';
import type { OwnPattern } from '../run/gather/masks.ts';
import type { Target } from '../run/plan.ts';
import type { BatchState } from '../run/state.ts';
import type { Digest } from '../util/digest.ts';
import type { ReadOutput } from './output.ts';

/** A batch that is written down, and what reads its outputs. */
export type Batch = {
  readonly state: BatchState;
  readonly targets: ReadonlyMap<string, Target>;
  readonly readOutput: ReadOutput;
  /** Which executions are wanted. */
  readonly wants: (execution: Ended) => boolean;
};

/** And what reports for people need. */
export type ExportInput = Batch & {
  readonly newDigest: () => Digest;
  /** What else is a node's own, and does not make its answer another one; undefined where every byte counts. */
  readonly masks: readonly OwnPattern[] | undefined;
  /** A moment, in milliseconds since the epoch, as the person writes it; with the time zone. */
  readonly time: (at: number) => string;
};

/** What is exported, in the order of the targets: executions that have ended and are wanted. */
export function wantedOf({ state, wants }: Batch): readonly Ended[] {
  return state.executions.filter(hasEnded).filter(wants);
}
