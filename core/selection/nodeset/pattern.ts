import type { Complaint } from '../place.ts';
import type { Span } from './span.ts';
import { countSpans, expandSpans, parseSpans, spansInclude } from './span.ts';

/** One piece of a written name: text as it is, a glob (`*`, `?`) or numbers in brackets. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'glob'; readonly glob: '*' | '?' }
  | { readonly type: 'range'; readonly spans: readonly Span[] };

/** A written name: one name, or several by ranges and globs. */
export type Pattern = readonly Part[];

export type Scanned = { readonly pattern: Pattern; readonly end: number; readonly complaint?: Complaint };

/** Reads one unquoted or quoted name that starts at `from`; it ends before the first character that cannot belong to it. */
export function scanPattern(text: string, from: number): Scanned {
  if (text[from] === '"') return scanQuoted(text, from);
  const characters = /[\p{L}\p{M}\p{N}_.:@%/+-]+/uy;
  const pattern: Part[] = [];
  let at = from;
  while (at < text.length) {
    const char = text[at];
    characters.lastIndex = at;
    const run = characters.exec(text)?.[0];
    if (run !== undefined) {
      pattern.push({ type: 'text', text: run });
      at += run.length;
    } else if (char === '*' || char === '?') {
      pattern.push({ type: 'glob', glob: char });
      at += 1;
    } else if (char === '[') {
      const close = text.indexOf(']', at);
      const place = { start: at, end: close < 0 ? text.length : close + 1 };
      if (close < 0) {
        return { pattern, end: at, complaint: { place, message: '“[” is not closed.', fix: 'Add “]”.' } };
      }
      const { spans, complaint } = parseSpans(text.slice(at + 1, close), place);
      if (complaint) return { pattern, end: at, complaint };
      pattern.push({ type: 'range', spans });
      at = close + 1;
    } else break;
  }
  return { pattern, end: at };
}

/** How many names a pattern without globs stands for, without making them. */
export function countPattern(pattern: Pattern): number {
  return pattern.reduce((count, part) => (part.type === 'range' ? count * countSpans(part.spans) : count), 1);
}

/** The names, the last bracket running fastest. Check {@link countPattern} first: nothing is refused here. */
export function expandPattern(pattern: Pattern): string[] {
  let names = [''];
  for (const part of pattern) {
    if (part.type === 'range') {
      const numbers = expandSpans(part.spans);
      names = names.flatMap((name) => numbers.map((number) => name + number));
    } else {
      const text = part.type === 'text' ? part.text : part.glob;
      names = names.map((name) => name + text);
    }
  }
  return names;
}

export function hasGlob(pattern: Pattern): boolean {
  return pattern.some((part) => part.type === 'glob');
}

/** Whether the whole name fits the pattern. Time grows with the length of the name times that of the pattern. */
export function matchesPattern(pattern: Pattern, name: string): boolean {
  let ends = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    if (part.type === 'glob' && part.glob === '*') {
      const first = Array.from(ends).reduce((least, end) => Math.min(least, end));
      for (let at = first; at <= name.length; at += 1) next.add(at);
    } else {
      for (const at of ends) for (const end of endsOf(part, name, at)) next.add(end);
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return ends.has(name.length);
}

/** A name in double quotes, so that it is read back as that name. */
export function quoteName(name: string): string {
  return `"${name.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`;
}

function endsOf(part: Part, name: string, at: number): number[] {
  switch (part.type) {
    case 'text':
      return name.startsWith(part.text, at) ? [at + part.text.length] : [];
    case 'glob': {
      const char = name.codePointAt(at);
      return char === undefined ? [] : [at + String.fromCodePoint(char).length];
    }
    case 'range': {
      const digits = /^\d+/.exec(name.slice(at, at + 16))?.[0] ?? '';
      const lengths = Array.from(digits, (_digit, index) => index + 1);
      return lengths
        .filter((length) => spansInclude(part.spans, digits.slice(0, length)))
        .map((length) => at + length);
    }
  }
}

function scanQuoted(text: string, from: number): Scanned {
  let name = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const place = { start: from, end: at + 1 };
      if (name === '') return { pattern: [], end: from, complaint: { place, message: 'The name is empty.' } };
      return { pattern: [{ type: 'text', text: name }], end: at + 1 };
    }
    if (char === '\\') at += 1;
    name += text[at] ?? '';
  }
  const place = { start: from, end: text.length };
  return {
    pattern: [],
    end: from,
    complaint: { place, message: 'The quote is not closed.', fix: 'Add “"”.' },
  };
}
