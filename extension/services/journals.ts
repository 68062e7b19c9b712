import type { AddedJournal, JournalPage } from '../../core/protocol/journal.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';
import type { EngineLink } from './engineLink.ts';
import type { Outcomes } from './outcomes.ts';

/** What happened to nodes, and what people note about them. */
export type Journals = Disposable & {
  /** The newest entries of a node. */
  read(node: string, most: number): Promise<Result<JournalPage>>;
  note(nodes: readonly string[], text: string): Promise<Result<AddedJournal>>;
  /** Names of the nodes that have new entries. */
  readonly onDidChange: Event<readonly string[]>;
};

export function createJournals(link: EngineLink, outcomes: Outcomes): Journals {
  const changed = new Emitter<readonly string[]>();
  const listener = outcomes.onDidChange((nodes) => changed.fire(nodes));
  return {
    onDidChange: changed.event,
    async read(node, most) {
      const client = await link.client();
      return client.ok ? client.value.journal({ node, pageSize: most }) : client;
    },
    async note(nodes, text) {
      const client = await link.client();
      if (!client.ok) return client;
      const added = await client.value.addJournal({ nodes, text });
      if (added.ok) changed.fire(nodes);
      return added;
    },
    dispose: () => listener.dispose(),
  };
}
