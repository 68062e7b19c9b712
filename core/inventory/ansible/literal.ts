import type { Value } from '../../schema/value.ts';

/** Deeper than any list that people write on one line. */
const deepest = 50;

/**
 * The value of a Python literal, as `ast.literal_eval` gives it: numbers, texts in quotes, True, False, None, lists,
 * tuples, dicts; values with commas between them are a tuple. What is no literal stays the text that it is, as in
 * Ansible's INI inventories, and so do bytes, which JSON does not have. A number that is too large is `inf`, as Ansible
 * writes it.
 */
export function literalOf(text: string): Value {
  const reader: Reader = { text, at: 0 };
  const value = readTop(reader);
  const rest = text.slice(reader.at);
  return value === undefined || !(rest === '' || rest.startsWith('#')) ? text : value;
}

type Reader = { readonly text: string; at: number };

/** A value, or the items of a tuple without its parentheses. */
function readTop(reader: Reader): Value | undefined {
  const first = readValue(reader, 0);
  skipSpace(reader);
  if (first === undefined || reader.text[reader.at] !== ',') return first;
  const items = [first];
  while (take(reader, /,/y) !== undefined) {
    skipSpace(reader);
    if (reader.at === reader.text.length || reader.text[reader.at] === '#') break;
    const item = readValue(reader, 0);
    if (item === undefined) return undefined;
    items.push(item);
    skipSpace(reader);
  }
  return items;
}

function skipSpace(reader: Reader): void {
  while (/[ \t\n\r]/.test(reader.text[reader.at] ?? '')) reader.at++;
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

function readValue(reader: Reader, depth: number): Value | undefined {
  if (depth > deepest) return undefined;
  skipSpace(reader);
  const char = reader.text[reader.at];
  if (char === '[' || char === '(') return readList(reader, depth);
  if (char === '{') return readDict(reader, depth);
  const word = take(reader, /[A-Za-z_]\w*(?!["'\w])/y);
  if (word !== undefined) return words.get(word);
  return readText(reader) ?? readNumber(reader);
}

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** Decimal, hexadecimal, octal and binary integers and floats with `_` between digits; `010` is none. */
function readNumber(reader: Reader): Value | undefined {
  const sign = take(reader, /(?:[+-][ \t]*)?/y)?.startsWith('-') ? -1 : 1;
  const based = take(reader, /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+/y);
  const digits =
    based ?? take(reader, /(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][+-]?\d(?:_?\d)*)?/y);
  if (digits === undefined || /^0_?\d/.test(digits.replace(/^[0_]+$/, '0'))) {
    // Python has floats such as 010.5, but no integers with a zero in front.
    if (digits === undefined || !/[.eE]/.test(digits)) return undefined;
  }
  if (/^\w/.test(reader.text.slice(reader.at))) return undefined;
  const value = sign * Number(digits.replaceAll('_', ''));
  if (Number.isFinite(value)) return value;
  return /[.eE]/.test(digits) ? (sign < 0 ? '-inf' : 'inf') : undefined;
}

/** One or more texts in quotes, which Python joins. */
function readText(reader: Reader): string | undefined {
  let joined: string | undefined;
  for (;;) {
    const start = reader.at;
    const prefix = take(reader, /(?:[uU]|[rR])?(?=["'])/y);
    const part = prefix === undefined ? undefined : readQuoted(reader, /r/i.test(prefix) ? 'raw' : 'escaped');
    if (part === undefined) {
      reader.at = start;
      return joined;
    }
    joined = (joined ?? '') + part;
    skipSpace(reader);
  }
}

function readQuoted(reader: Reader, backslashes: 'raw' | 'escaped'): string | undefined {
  const { text } = reader;
  const quote =
    text.startsWith(`"""`, reader.at) || text.startsWith(`'''`, reader.at)
      ? text.slice(reader.at, reader.at + 3)
      : (text[reader.at] ?? '');
  let value = '';
  for (let at = reader.at + quote.length; at < text.length;) {
    if (text.startsWith(quote, at)) {
      reader.at = at + quote.length;
      return value;
    }
    if (text[at] !== '\\') {
      value += text[at++];
      continue;
    }
    const escape = backslashes === 'raw' ? { text: text.slice(at, at + 2), length: 2 } : readEscape(text, at);
    if (!escape) return undefined;
    value += escape.text;
    at += escape.length;
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Escapes of Python's text literals; an unknown one stays as it is. */
function readEscape(text: string, at: number): { text: string; length: number } | undefined {
  const next = text[at + 1];
  if (next === undefined) return undefined;
  const simple = Object.hasOwn(escapes, next) ? escapes[next] : undefined;
  if (simple !== undefined) return { text: simple, length: 2 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined)
    return { text: String.fromCodePoint(Number.parseInt(octal, 8)), length: 1 + octal.length };
  const digits = { x: 2, u: 4, U: 8 }[next];
  if (digits === undefined) return { text: `\\${next}`, length: 2 };
  const hex = text.slice(at + 2, at + 2 + digits);
  const code = new RegExp(`^[\\da-fA-F]{${digits}}$`).test(hex) ? Number.parseInt(hex, 16) : Infinity;
  return code > 0x10_ff_ff ? undefined : { text: String.fromCodePoint(code), length: 2 + digits };
}

/** A list, or a tuple, which JSON has as a list. `(1)` is no tuple. */
function readList(reader: Reader, depth: number): Value | undefined {
  const close = reader.text[reader.at++] === '[' ? ']' : ')';
  const items: Value[] = [];
  let commas = 0;
  for (;;) {
    skipSpace(reader);
    if (take(reader, close === ']' ? /\]/y : /\)/y) !== undefined) {
      const [only] = items;
      return close === ')' && items.length === 1 && commas === 0 && only !== undefined ? only : items;
    }
    if (items.length > commas) return undefined;
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    skipSpace(reader);
    if (take(reader, /,/y) !== undefined) commas++;
  }
}

function readDict(reader: Reader, depth: number): Value | undefined {
  reader.at++;
  const entries: [string, Value][] = [];
  for (let isOpen = true; ;) {
    skipSpace(reader);
    if (take(reader, /\}/y) !== undefined) return Object.fromEntries(entries);
    if (!isOpen) return undefined;
    const key = readValue(reader, depth + 1);
    skipSpace(reader);
    if (key === undefined || (typeof key === 'object' && key !== null)) return undefined;
    if (take(reader, /:/y) === undefined) return undefined;
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    entries.push([keyText(key), value]);
    skipSpace(reader);
    isOpen = take(reader, /,/y) !== undefined;
  }
}

/** A key as Python's json writes it. */
export function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  return JSON.stringify(key);
}
