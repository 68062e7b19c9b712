import type { JournalEntry } from '../../../core/journal/entry.ts';
import { entryFits } from '../../../core/journal/fits.ts';
import { entriesOfBatch } from '../../../core/journal/ofBatch.ts';
import type { JournalPage, JournalQuery } from '../../../core/protocol/journal.ts';
import type { BatchState } from '../../../core/run/state.ts';

/** Where entries come from. */
export type JournalSources = {
  /** Entries by hand and of plugins, the newest first. */
  readonly notes: readonly JournalEntry[];
  /** Ids of the batches that the node was in, the newest first. */
  readonly batches: Iterable<string> | AsyncIterable<string>;
  readonly state: (batch: string) => Promise<BatchState | undefined>;
};

const usualPage = 50;

/** A page of a journal. Batches are read only as far back as the page needs them: each costs its whole event log. */
export async function readJournal(query: JournalQuery, sources: JournalSources): Promise<JournalPage> {
  const { page = 1, pageSize = usualPage } = query;
  const wanted = page * pageSize;
  const entries: JournalEntry[] = [];
  for await (const entry of entriesOf(query, sources)) {
    if (entryFits(entry, query)) entries.push(entry);
    if (entries.length > wanted) break;
  }
  return {
    entries: entries.slice(wanted - pageSize, wanted),
    page,
    pageSize,
    more: entries.length > wanted,
  };
}

/** Both kinds together, the newest first. */
async function* entriesOf(
  query: JournalQuery,
  { notes, batches, state }: JournalSources,
): AsyncGenerator<JournalEntry> {
  const left = [...notes].reverse();
  const wantsBatches = !query.kinds || query.kinds.includes('execution');
  for await (const id of wantsBatches ? batches : []) {
    const batch = await state(id);
    if (!batch) continue;
    for (const entry of entriesOfBatch(batch, query.node)) {
      while ((left.at(-1)?.at ?? -Infinity) > entry.at) yield* left.splice(-1);
      yield entry;
    }
  }
  yield* left.reverse();
}
