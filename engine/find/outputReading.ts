import type { Result } from '../../core/util/errors.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { OutputPart } from '../history/readOutput.ts';
import { type OutputPageDeps, readOutputBytes } from '../outputPages.ts';

/** What looking through the output of a batch needs. */
export type OutputReading = {
  snapshot(batch: string): Promise<Result<BatchState>>;
  /** Reads a part of the output of one of its executions; nothing where there is none. */
  readBytes(
    batch: string,
  ): (execution: string, range: { from: number; limit: number }) => Promise<OutputPart>;
  /** Milliseconds, of a clock that only goes forward. */
  readonly now: () => number;
};

export function outputReading({
  snapshot,
  ...deps
}: OutputPageDeps & Pick<OutputReading, 'snapshot'>): OutputReading {
  return {
    snapshot,
    readBytes: (batch) => async (execution, range) => {
      const part = await readOutputBytes({ batch, execution, ...range }, deps);
      return part.ok ? part.value : { from: range.from, next: range.from, total: 0, pieces: [] };
    },
    now: () => performance.now(),
  };
}
