import { lineAfter, lineAt } from '../cursor/line.ts';
import type { Offer } from './item.ts';
import type { Offered, Place } from './place.ts';

/**
 * What stands below a key, offered behind its colon already: the line break and the indentation come with it. Nothing
 * where something stands below it.
 */
export function belowOffers(place: Place, offersOf: (inner: Place) => readonly Offer[]): Offered {
  const { text, offset, cursor } = place;
  const none = { start: cursor.start, end: cursor.start, offers: [] };
  const line = lineAt(text, offset);
  if (cursor.where !== 'value' || !line.key || text[cursor.start - 1] === '"') return none;
  const [rest = ''] = /^[\w-]*/.exec(text.slice(offset, line.end)) ?? [];
  const end = offset + rest.length;
  const isAlone =
    /^[\w-]*$/.test(text.slice(cursor.start, offset)) && /^\s*(?:#.*)?$/.test(text.slice(end, line.end));
  if (!isAlone || hasMore(text, offset)) return none;
  const column = line.key.column + 2;
  const inner = {
    ...cursor,
    where: 'line' as const,
    present: new Set<string>(),
    isAmongItems: false,
    column,
  };
  const space = /[ \t]*$/.exec(text.slice(line.start, cursor.start))?.[0] ?? '';
  const offers = offersOf({ ...place, cursor: inner }).map((offer): Offer => {
    const { label, text: put = label, filter = label } = offer;
    return { ...offer, text: `\n${' '.repeat(column)}${put}`, filter: space + filter };
  });
  return { start: cursor.start - space.length, end, offers };
}

/** Whether the key of a line has something below it. */
function hasMore(text: string, offset: number): boolean {
  const own = lineAt(text, offset);
  let line = lineAfter(text, own);
  while (line?.isBlank) line = lineAfter(text, line);
  if (!line || !own.key) return false;
  const [first = line.column] = line.dashes;
  const isItem = line.dashes.length > 0 && first === own.key.column && own.dashes.length === 0;
  return first > own.key.column || isItem;
}
