import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { RunningBatch } from '../batch.ts';
import type { HistoryLayout } from '../history/layout.ts';
import type { Claimant } from '../history/owner.ts';
import { hearWhileRunning } from './asks.ts';
import { createOthers, type Others } from './others.ts';

/** What an engine has to do with other processes on the same history. */
export type Elsewhere = Disposable & {
  readonly others: Others;
  /** What this engine writes into its claims. */
  readonly claimant: Claimant;
  /** Takes what is asked of the batches that run here, until none does. */
  hear(): void;
};

export type ElsewhereDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly batches: ReadonlyMap<string, RunningBatch>;
  readonly program?: string;
  readonly followOthers?: boolean;
};

export function createElsewhere({
  layout,
  clock,
  batches,
  program = 'muster',
  followOthers,
}: ElsewhereDeps): Elsewhere {
  const claimant = { engine: randomUUID(), program };
  const others = createOthers({ layout, clock, engine: claimant.engine });
  const hearing = hearWhileRunning({ folder: layout.running, clock, batches });
  if (followOthers) others.followAll();
  return {
    others,
    claimant,
    hear: hearing.hear,
    dispose() {
      hearing.dispose();
      others.dispose();
    },
  };
}
