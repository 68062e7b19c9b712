import type { Cursor } from './cursor.ts';
import { type Line, lineAfter, lineAt, lineBefore } from './line.ts';

/** Lines that are looked at above and below an item of a list. */
const mostLines = 2000;
/** Characters of a list in flow style that are looked at before and behind the cursor. */
const mostCharacters = 20_000;

/** Texts of the other items of the list that the cursor is in, without their quotes. */
export function itemsBeside(text: string, offset: number, cursor: Cursor): ReadonlySet<string> {
  const isItem = typeof cursor.path.at(-1) === 'number' || cursor.isAmongItems;
  if (!isItem) return new Set();
  if (cursor.where === 'flow-value') return new Set(inFlow(text, offset));
  const line = lineAt(text, offset);
  const dash = cursor.isAmongItems ? cursor.column : line.dashes.findLast((each) => each < cursor.column);
  return new Set(dash === undefined ? [] : inBlock(text, line, dash));
}

function inBlock(text: string, own: Line, dash: number): readonly string[] {
  const found: string[] = [];
  for (const next of [lineBefore, lineAfter]) {
    let line = next(text, own);
    for (let count = 0; line && count < mostLines; count += 1, line = next(text, line)) {
      const [first = line.column] = line.dashes;
      if (!line.isBlank && (first < dash || (first === dash && line.dashes.length === 0))) break;
      if (line.dashes.includes(dash)) found.push(plainText(text.slice(line.start + line.column, line.end)));
    }
  }
  return found;
}

/** The words between the brackets around the cursor, without the one that it is in. */
function inFlow(text: string, offset: number): readonly string[] {
  const before = text.slice(Math.max(0, offset - mostCharacters), offset);
  const behind = text.slice(offset, offset + mostCharacters);
  let depth = 0;
  let from = before.length;
  while (from > 0 && depth >= 0) {
    from -= 1;
    const character = before[from] ?? '';
    if (/[\]}]/.test(character)) depth += 1;
    else if (/[[{]/.test(character)) depth -= 1;
  }
  const [end = ''] = /^[^\]\n]*/.exec(behind) ?? [];
  const earlier = before
    .slice(from + 1)
    .split(',')
    .slice(0, -1);
  return [...earlier, ...end.split(',').slice(1)].map(plainText);
}

function plainText(written: string): string {
  return written
    .replace(/\s#.*$/, '')
    .trim()
    .replaceAll(/^["']|["']$/g, '');
}
