import type { LoggedEvent } from '../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import type { Result } from '../../core/util/errors.ts';
import type { EngineLink } from './engineLink.ts';

/** Snapshots that are on their way from the engine. */
export type Snapshots = {
  /** Asks for the state of a batch, once for all who want it at the same time. */
  fetch(batch: string): Promise<Result<BatchState>>;
  /** Keeps events for the snapshot that is on its way; false where there is none. */
  keep(batch: string, events: readonly LoggedEvent[]): boolean;
};

/** @param arrived is told each state, all events that were kept for it included */
export function createSnapshots(link: EngineLink, arrived: (state: BatchState) => void): Snapshots {
  const underWay = new Map<string, Promise<Result<BatchState>>>();
  const kept = new Map<string, LoggedEvent[]>();
  const ask = async (batch: string): Promise<Result<BatchState>> => {
    kept.set(batch, []);
    try {
      const client = await link.client();
      const answer = client.ok ? await client.value.snapshot(batch) : client;
      if (!answer.ok) return answer;
      const state = reduceAll(answer.value, kept.get(batch) ?? []) ?? answer.value;
      kept.delete(batch);
      arrived(state);
      return { ok: true, value: state };
    } finally {
      kept.delete(batch);
      underWay.delete(batch);
    }
  };
  return {
    fetch(batch) {
      const asked = underWay.get(batch) ?? ask(batch);
      underWay.set(batch, asked);
      return asked;
    },
    keep(batch, events) {
      const queue = kept.get(batch);
      for (const event of events) queue?.push(event);
      return queue !== undefined;
    },
  };
}
