import type { TableRecord } from './record.ts';

/** Longest line that a pattern looks at, in UTF-16 units. */
const longest = 2_000;

/** Each line that has the pattern is a record of its named groups. */
export function patternRecords(text: string, pattern: RegExp): readonly TableRecord[] {
  return text.split('\n').flatMap((line) => {
    const groups = pattern.exec(line.slice(0, longest))?.groups;
    return groups
      ? [
          Object.fromEntries(
            Object.entries(groups).map(([name, value]: [string, string | undefined]) => [name, value ?? '']),
          ),
        ]
      : [];
  });
}

/**
 * Records of a table with a head, as `df`, `ps` and `free` print it: words between blanks. The last column takes what is
 * left of a line.
 */
export function columnRecords(text: string): readonly TableRecord[] {
  const [head = '', first, ...others] = text.split('\n').filter((line) => line.trim() !== '');
  if (first === undefined) return [];
  const words = wordsOf(head);
  const count = Math.min(words.length, wordsOf(first).length);
  if (count < 2) return [];
  const names = cut(head, count);
  return [first, ...others].map((line) => {
    const values = cut(line, count);
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
  });
}

function wordsOf(line: string): readonly string[] {
  return line.trim().split(/\s+/);
}

/** So many words, the last with all that follows. */
function cut(line: string, count: number): readonly string[] {
  const words = wordsOf(line);
  return [...words.slice(0, count - 1), words.slice(count - 1).join(' ')];
}
