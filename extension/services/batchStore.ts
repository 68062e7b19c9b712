import type { EngineClient } from '../../core/protocol/client.ts';
import type { BatchEvents, LoggedEvent } from '../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';
import type { EngineLink } from './engineLink.ts';
import { createRetention } from './retention.ts';
import { createSnapshots } from './snapshots.ts';

export type BatchChange = {
  readonly batch: string;
  readonly state: BatchState;
  /** What happened since the last change; empty after a new snapshot. */
  readonly events: readonly LoggedEvent[];
};

/** The state of every batch that runs or is open in a panel: a snapshot and all events after it. */
export type BatchStore = Disposable & {
  /** All states known now. */
  readonly states: ReadonlyMap<string, BatchState>;
  /** Asks the engine for a batch that is not known yet. */
  open(batch: string): Promise<Result<BatchState>>;
  /** Keeps a batch after its end until disposed. */
  retain(batch: string): Disposable;
  readonly onDidChange: Event<BatchChange>;
};

export function createBatchStore(link: EngineLink, onError: (error: unknown) => void): BatchStore {
  const states = new Map<string, BatchState>();
  const forgotten = new Set<string>();
  const retention = createRetention((batch) => release(batch));
  const changed = new Emitter<BatchChange>(onError);

  const put = (state: BatchState, events: readonly LoggedEvent[]): void => {
    states.set(state.id, state);
    changed.fire({ batch: state.id, state, events });
    release(state.id);
  };

  const snapshots = createSnapshots(link, (state) => put(state, []));

  /** A batch that has ended and is open nowhere needs no memory. */
  const release = (batch: string): void => {
    if (retention.has(batch) || states.get(batch)?.status === 'running') return;
    if (states.delete(batch)) forgotten.add(batch);
  };

  const receive = ({ batch, events }: BatchEvents): void => {
    if (snapshots.keep(batch, events)) return;
    const after = reduceAll(states.get(batch), events);
    if (after) return put(after, events);
    if (!forgotten.has(batch)) open(batch).catch(onError);
  };

  const open = (batch: string): Promise<Result<BatchState>> => {
    const known = states.get(batch);
    return known ? Promise.resolve({ ok: true, value: known }) : snapshots.fetch(batch);
  };

  /** After attaching again every state here may be old, and batches of other windows may run. */
  const renew = async (client: EngineClient): Promise<void> => {
    const known = [...states.keys()];
    states.clear();
    const running = (await client.batches()).filter((batch) => batch.status === 'running');
    await Promise.all([...new Set([...known, ...running.map((batch) => batch.id)])].map(open));
  };

  const listeners = [link.onEvents(receive), link.onAttached((client) => void renew(client).catch(onError))];
  return {
    states,
    open,
    retain: (batch) => retention.retain(batch),
    onDidChange: changed.event,
    dispose: () => listeners.forEach((listener) => listener.dispose()),
  };
}
