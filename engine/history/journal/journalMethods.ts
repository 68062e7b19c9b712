import { join } from 'node:path';
import { type JournalEntry, journalLevels } from '../../../core/journal/entry.ts';
import type { AddJournalRequest, JournalClient, JournalQuery } from '../../../core/protocol/journal.ts';
import type { ClientContext } from '../../../core/protocol/context.ts';
import { messageOf, refuse } from '../../../core/util/errors.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Archive } from '../archive.ts';
import type { History } from '../history.ts';
import { createNoteFiles } from './noteFiles.ts';
import { readJournal } from './readJournal.ts';

export type JournalDeps = {
  readonly dataDir: string;
  readonly history: Pick<History, 'query'>;
  readonly archive: Pick<Archive, 'read'>;
  readonly limits: Pick<Limits, 'config'>;
  readonly context: ClientContext;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
};

/** The journal of each node: what ran on it, from the event logs, and what was noted about it. */
export function journalMethods(deps: JournalDeps): JournalClient {
  const files = createNoteFiles(join(deps.dataDir, 'journal'));
  return {
    async journal(query) {
      const notes = await files.read(query.node);
      const batches = batchesOf(query, deps.history);
      const page = await readJournal(query, { notes, batches, state: deps.archive.read });
      return { ok: true, value: page };
    },
    async addJournal(request) {
      const config = deps.limits.config({ sources: [] });
      if (!config.ok) return config;
      const { journal } = config.value;
      const { level = 'info', source = 'person' } = request;
      if (isReserved(request.source))
        return refuse('USAGE', `Muster itself is called ${source}. Name the plugin.`);
      const least = journal.levels[source] ?? 'debug';
      if (journalLevels.indexOf(level) < journalLevels.indexOf(least)) {
        return { ok: true, value: { entries: [], fresh: [] } };
      }
      const entries: JournalEntry[] = [];
      const fresh: string[] = [];
      try {
        for (const node of new Set(request.nodes)) {
          if (!(await files.has(node))) fresh.push(node);
          const entry = entryOf(node, request, deps);
          await files.append(entry);
          entries.push(entry);
          await files.prune(node, journal, entry.at);
        }
        return { ok: true, value: { entries, fresh } };
      } catch (error) {
        const message = `The journal in ${deps.dataDir} can not be written: ${messageOf(error)}. Make room, or make it writable.`;
        return refuse('HISTORY_UNWRITABLE', message);
      }
    },
  };
}

/** Milliseconds between the start of a batch and that of its last execution. */
const longestWaitMs = 7 * 86_400_000;

/** Batches that are asked for at once. */
const atOnce = 200;

/** The batches that a node was in, the newest first, as far back as they are wanted. */
async function* batchesOf(
  { node, since, until }: JournalQuery,
  history: JournalDeps['history'],
): AsyncGenerator<string> {
  const asked = {
    nodes: [node],
    ...(until !== undefined && { until }),
    // An execution may begin long after its batch.
    ...(since !== undefined && { since: Math.max(0, since - longestWaitMs) }),
  };
  for (let page = 1; ; page++) {
    const { batches, found } = await history.query({ ...asked, page, pageSize: atOnce });
    for (const { id } of batches) yield id;
    if (page * atOnce >= found) return;
  }
}

function isReserved(source: string | undefined): boolean {
  return source === 'muster' || source === 'person';
}

function entryOf(
  node: string,
  { text, level = 'info', source, type, link }: AddJournalRequest,
  { context, now, newId }: JournalDeps,
): JournalEntry {
  const kind = source === undefined ? 'note' : 'event';
  return {
    id: newId(),
    at: now(),
    node,
    kind,
    type: type ?? kind,
    level,
    source: source ?? 'person',
    by: context.as === undefined ? context.user : `${context.as} for ${context.user}`,
    text,
    ...(link && { link }),
  };
}
