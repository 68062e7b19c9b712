import type { LastOutcome } from '../model/rows.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import type { BatchStore } from './batchStore.ts';

/** How the last execution on each node ended, in this session: it colours the tree. */
export type Outcomes = Disposable & {
  readonly last: ReadonlyMap<string, LastOutcome>;
  /** Names of the nodes on which an execution has ended. */
  readonly onDidChange: Event<readonly string[]>;
};

export function createOutcomes(batches: BatchStore): Outcomes {
  const last = new Map<string, LastOutcome>();
  const changed = new Emitter<readonly string[]>();
  const listener = batches.onDidChange(({ state, events }) => {
    const finished = new Map(
      events.flatMap((event) =>
        event.type === 'executionFinished' ? [[event.execution, event] as const] : [],
      ),
    );
    if (finished.size === 0) return;
    const nodes: string[] = [];
    for (const execution of state.executions) {
      const event = finished.get(execution.id);
      if (!event) continue;
      last.set(execution.node, { status: event.outcome.status, at: event.at });
      nodes.push(execution.node);
    }
    changed.fire(nodes);
  });
  return { last, onDidChange: changed.event, dispose: () => listener.dispose() };
}
