import type { EngineClient } from '../../core/protocol/client.ts';
import type { LoggedEvent, Prompt } from '../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { type Ended, hasEnded } from '../../core/run/executionState.ts';

export type Watcher = {
  started(state: BatchState): void;
  ended(executions: readonly Ended[]): void;
  changed(state: BatchState): void;
  asked(asked: { batch: string; prompt: string; question: Prompt }): void;
  /** The next wave waits. */
  reached(state: BatchState): void;
  /** Something about the batch as a whole. */
  noted(message: string): void;
};

export type Following = Disposable & {
  state(): BatchState | undefined;
  /** Settles when the batch has ended. */
  readonly end: Promise<BatchState>;
};

/** Folds the events of this client's one batch. The engine is in this process, so there is no other. */
export function followBatch(client: Pick<EngineClient, 'onEvents'>, watcher: Watcher): Following {
  let state: BatchState | undefined;
  let positions: ReadonlyMap<string, number> = new Map();
  let resolve: (state: BatchState) => void = () => {};
  const end = new Promise<BatchState>((settle) => (resolve = settle));
  const subscription = client.onEvents(({ events }) => {
    const before = state;
    state = reduceAll(state, events);
    if (!state) return;
    if (!before) {
      positions = new Map(state.executions.map(({ id }, at) => [id, at]));
      watcher.started(state);
    }
    watcher.changed(state);
    const finished = endedIn(events, state, positions);
    if (finished.length > 0) watcher.ended(finished);
    for (const event of events) announce(event, state, watcher);
    if (state.hold && state.hold.since !== before?.hold?.since) watcher.reached(state);
    if (state.status !== 'running') resolve(state);
  });
  return { state: () => state, end, dispose: () => subscription.dispose() };
}

/** What becomes of a batch whose end nobody waits for: what has not ended is interrupted. */
export function leaveBatch(state: BatchState, now: number): BatchState {
  const unfinished = state.executions.filter((execution) => !hasEnded(execution));
  const events = unfinished.map(({ id, startedAt }, at): LoggedEvent => ({
    type: 'executionFinished',
    seq: state.seq + at + 1,
    at: now,
    execution: id,
    outcome: {
      status: 'interrupted',
      remote: startedAt === undefined ? 'never-started' : 'may-still-run',
    },
  }));
  const seq = state.seq + unfinished.length + 1;
  return reduceAll(state, [...events, { type: 'batchFinished', seq, at: now, end: 'cancelled' }]) ?? state;
}

function announce(event: LoggedEvent, { id }: BatchState, watcher: Watcher): void {
  if (event.type === 'promptRaised') {
    watcher.asked({ batch: id, prompt: event.prompt, question: event.question });
  }
  if (event.type === 'note' && event.execution === undefined) watcher.noted(event.message);
}

function endedIn(
  events: readonly LoggedEvent[],
  state: BatchState,
  positions: ReadonlyMap<string, number>,
): readonly Ended[] {
  return events.flatMap((event) => {
    if (event.type !== 'executionFinished') return [];
    const execution = state.executions[positions.get(event.execution) ?? -1];
    return execution && hasEnded(execution) ? [execution] : [];
  });
}
