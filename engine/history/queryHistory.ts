import { asksForExecutions } from '../../core/history/fits.ts';
import type { HistoryPage, HistoryQuery } from '../../core/protocol/history.ts';
import { batchFiles, type HistoryLayout } from './layout.ts';
import type { HistoryStore } from './scan.ts';
import { createOutputSearch } from './searchOutput.ts';

/** Batches on a page where nothing else is asked for. */
const usualPage = 50;

/** A page of the history. Text is looked for in the output itself, of the batches that fit otherwise. */
export async function queryHistory(
  store: HistoryStore,
  layout: HistoryLayout,
  query: HistoryQuery,
): Promise<Omit<HistoryPage, 'notes'>> {
  const { page = 1, pageSize = usualPage } = query;
  const fit = await store.find(query);
  const found = query.text === undefined ? fit : await withText(fit, query.text);
  const batches = await store.summaries(found.slice((page - 1) * pageSize, page * pageSize));
  return { batches, found: found.length, page, pageSize };

  async function withText(ids: readonly string[], text: string): Promise<readonly string[]> {
    const isAboutAll = !asksForExecutions(query);
    const hasText = createOutputSearch(text);
    const having: string[] = [];
    for (const id of ids) {
      const { folder } = batchFiles(layout, id);
      const places = isAboutAll ? undefined : await store.places(id, query);
      if (await hasText({ folder, places })) having.push(id);
    }
    return having;
  }
}
