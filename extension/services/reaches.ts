import type { EngineClient } from '../../core/protocol/client.ts';
import type { Reach } from '../../core/protocol/inventory.ts';
import type { SourceRef } from '../../core/inventory/source.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';

/** Whether nodes answered when they were asked last; of this session only. */
export type Reaches = Disposable & {
  readonly last: ReadonlyMap<string, Reach>;
  /** Asks nodes, some at a time; `isGivenUp` ends it between two askings. */
  ask(
    client: EngineClient,
    asked: { sources: readonly SourceRef[]; nodes: readonly string[] },
    progress: { told(done: number): void; isGivenUp(): boolean },
  ): Promise<Result<null>>;
  readonly onDidChange: Event<readonly string[]>;
};

/** Nodes of one asking. */
const atOnce = 50;

export function createReaches(): Reaches {
  const last = new Map<string, Reach>();
  const changed = new Emitter<readonly string[]>();
  return {
    last,
    async ask(client, { sources, nodes }, { told, isGivenUp }) {
      for (let at = 0; at < nodes.length && !isGivenUp(); at += atOnce) {
        const some = nodes.slice(at, at + atOnce);
        const answered = await client.reach({ sources, nodes: some });
        if (!answered.ok) return answered;
        for (const reach of answered.value) last.set(reach.node, reach);
        changed.fire(some);
        told(Math.min(nodes.length, at + atOnce));
      }
      return { ok: true, value: null };
    },
    onDidChange: changed.event,
    dispose: () => last.clear(),
  };
}
