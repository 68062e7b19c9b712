import { keysOf } from '../edit/entries.ts';
import { rangeInside } from '../facts/place.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Numbers of one range of which some are filled up with zeros and others, that are shorter, are not. */
export function* widthFindings({ document }: Subject): Iterable<Finding> {
  for (const name of keysOf(document.parsed.writtenAt(['nodes'])))
    for (const { start, parts } of listsIn(name)) {
      const width = Math.max(0, ...parts.flatMap(({ first }) => (/^0\d/.test(first) ? [first.length] : [])));
      const narrow = parts.find(({ first }) => first.length < width);
      if (!narrow) continue;
      const filled = narrow.text.replaceAll(/\d+/g, (digits) => digits.padStart(width, '0'));
      const place = { start: start + narrow.at, end: start + narrow.at + narrow.text.length };
      const range = rangeInside(document, { path: ['nodes', name], part: 'key', value: name }, place);
      yield {
        code: 'inventory/width',
        message: `"${narrow.text}" has fewer digits than the others in these brackets, so the names are of two kinds. If they are alike, write "${filled}".`,
        range,
        repairs: [{ title: `Change to "${filled}"`, edits: [{ range, newText: filled }] }],
      };
    }
}

type Part = { readonly text: string; readonly at: number; readonly first: string };

/** What stands between brackets, where each part begins with a number. A step (`/2`) is no part of a name. */
function listsIn(name: string): readonly { readonly start: number; readonly parts: readonly Part[] }[] {
  return [...name.matchAll(/\[([\d,-]+)\]/g)].map(({ index, 1: inner = '' }) => ({
    start: index + 1,
    parts: [...inner.matchAll(/(\d+)(?:-\d+)?/g)].map((match) => ({
      text: match[0],
      at: match.index,
      first: match[1] ?? '',
    })),
  }));
}
