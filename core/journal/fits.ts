import type { JournalQuery } from '../protocol/journal.ts';
import { type JournalEntry, journalLevels } from './entry.ts';

/** Whether a query asks for an entry. */
export function entryFits(entry: JournalEntry, query: JournalQuery): boolean {
  const { kinds, level = 'debug', since = -Infinity, until = Infinity, text, source } = query;
  if (entry.at < since || entry.at >= until) return false;
  if (kinds && !kinds.includes(entry.kind)) return false;
  if (journalLevels.indexOf(entry.level) < journalLevels.indexOf(level)) return false;
  if (source !== undefined && entry.source !== source) return false;
  return text === undefined || textOf(entry).includes(text.toLowerCase());
}

function textOf({ text, result = '', type, by }: JournalEntry): string {
  return [text, result, type, by].join('\n').toLowerCase();
}
