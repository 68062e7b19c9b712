import { mostNodes } from '../part.ts';

/** Names, or why there are none. */
export type Expanded =
  { readonly names: readonly string[] } | { readonly message: string; readonly fix: string };

type Range = { readonly count: number; at(place: number): string };
type Piece = string | Range;

/** The letters of Python's `string.ascii_letters`, in its order: `[a:Z]` runs through both alphabets. */
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Expands Ansible's host ranges: `web[01:20]`, `[1:9:2]`, `db-[a:f]`, several in one name. Counted before they are
 * expanded: not more than `most` names.
 */
export function expandHosts(pattern: string, most: number): Expanded {
  const pieces: Piece[] = [];
  let rest = pattern;
  let count = 1;
  for (;;) {
    const open = rest.indexOf('[');
    if (open === -1) break;
    const close = rest.indexOf(']', open);
    if (close === -1) return refused(pattern, 'is not closed');
    const range = readRange(rest.slice(open + 1, close));
    if ('message' in range) return refused(pattern, range.message);
    count *= range.count;
    if (count > most) {
      const message = `${pattern} is too much: an inventory has at most ${mostNodes.toLocaleString('en')} hosts.`;
      return { message, fix: 'Write a smaller range.' };
    }
    pieces.push(rest.slice(0, open), range);
    rest = rest.slice(close + 1);
  }
  pieces.push(rest);
  return { names: product(pieces) };
}

function refused(pattern: string, what: string): Expanded {
  return { message: `The range of ${pattern} ${what}.`, fix: 'Write it as [01:20], [1:9:2] or [a:f].' };
}

function readRange(text: string): Range | { message: string } {
  const [begin = '', end = '', step = '1', ...more] = text.split(':');
  if (!text.includes(':') || more.length > 0) return { message: 'is not begin:end or begin:end:step' };
  if (end === '') return { message: 'has no end' };
  if (!/^[1-9]\d{0,8}$/.test(step)) return { message: `has the step ${step}` };
  const first = begin === '' ? '0' : begin;
  const every = Number(step);
  if (/^\d{1,15}$/.test(first) && /^\d{1,15}$/.test(end)) return numbers(first, end, every);
  const [from, to] = [letters.indexOf(first), letters.indexOf(end)];
  if (first.length !== 1 || end.length !== 1 || from === -1 || to === -1) {
    return { message: 'has something else than numbers or single letters' };
  }
  if (from > to) return { message: 'runs backwards' };
  return { count: Math.floor((to - from) / every) + 1, at: (place) => letters[from + place * every] ?? '' };
}

function numbers(begin: string, end: string, step: number): Range | { message: string } {
  const isPadded = begin.length > 1 && begin.startsWith('0');
  if (isPadded && begin.length !== end.length)
    return { message: 'has a begin and an end of different width' };
  const [from, to] = [Number(begin), Number(end)];
  if (from > to) return { message: 'runs backwards' };
  const width = isPadded ? begin.length : 0;
  return {
    count: Math.floor((to - from) / step) + 1,
    at: (place) => String(from + place * step).padStart(width, '0'),
  };
}

/** All combinations, the last range turning fastest. */
function product(pieces: readonly Piece[]): readonly string[] {
  return pieces.reduce<readonly string[]>(
    (heads, piece) => {
      if (typeof piece === 'string') return piece === '' ? heads : heads.map((head) => head + piece);
      return heads.flatMap((head) =>
        Array.from({ length: piece.count }, (_, place) => head + piece.at(place)),
      );
    },
    [''],
  );
}
