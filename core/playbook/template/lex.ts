import type { TextPlace } from '../../util/problem.ts';
import type { TemplateProblem } from './expression.ts';

/** A piece of an expression. Offsets are UTF-16 units of the whole text, `end` is exclusive. */
export type Token = TextPlace &
  (
    | { readonly type: 'name'; readonly text: string }
    | { readonly type: 'number'; readonly value: number }
    | { readonly type: 'string'; readonly value: string }
    | { readonly type: 'symbol'; readonly text: string }
    | { readonly type: 'end' }
  );

export type Lexed = {
  readonly tokens: readonly Token[];
  readonly end: number;
  readonly problem?: TemplateProblem;
};

const space = /\s*/y;
const name = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /\d+(?:\.\d+)?/y;
const symbol = /==|!=|<=|>=|\/\/|[<>+\-~*/%|()[\].,]/y;
const text = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/sy;

/** Cuts the text from `from` on into tokens, up to `until` (which is left) or its end; one pass. */
export function lex(source: string, from: number, until?: '}}'): Lexed {
  const tokens: Token[] = [];
  let at = from;
  for (;;) {
    at += match(space, source, at)?.[0].length ?? 0;
    const isEnd = until === undefined ? at >= source.length : source.startsWith(until, at);
    if (isEnd) return { tokens: [...tokens, { type: 'end', start: at, end: at }], end: at };
    if (at >= source.length) return { tokens, end: at, problem: unclosed(from) };
    const token = tokenAt(source, at);
    if (!token) {
      // One brace of the two that close it.
      const isUnclosed = until !== undefined && source[at] === '}';
      return { tokens, end: at, problem: isUnclosed ? unclosed(from) : strange(source, at) };
    }
    tokens.push(token);
    at = token.end;
  }
}

function tokenAt(source: string, start: number): Token | undefined {
  const word = match(name, source, start)?.[0];
  if (word !== undefined) return { type: 'name', text: word, start, end: start + word.length };
  const digits = match(number, source, start)?.[0];
  if (digits !== undefined)
    return { type: 'number', value: Number(digits), start, end: start + digits.length };
  const quoted = match(text, source, start);
  if (quoted) {
    const value = unescape(quoted[1] ?? quoted[2] ?? '');
    return { type: 'string', value, start, end: start + quoted[0].length };
  }
  const sign = match(symbol, source, start)?.[0];
  return sign === undefined ? undefined : { type: 'symbol', text: sign, start, end: start + sign.length };
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

/** `\n`, `\t` and `\r`; before any other character a backslash says that the character is meant. */
function unescape(written: string): string {
  return written.replaceAll(/\\(.)/gs, (_all, character: string) => escapes.get(character) ?? character);
}

function unclosed(from: number): TemplateProblem {
  return {
    code: 'template/unclosed',
    message: 'This {{ has no }}.',
    fix: 'Close it, or write {{ "{{" | raw }} for the two characters themselves.',
    start: from - 2,
    end: from,
  };
}

/** What signs of other languages are here. */
const otherSigns: ReadonlyMap<string, string> = new Map([
  ['=', 'Two values are compared with ==.'],
  ['&', 'Write "and" between two conditions.'],
  ['!', 'Write "not" before what must not hold.'],
]);

function strange(source: string, at: number): TemplateProblem {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  const isQuote = character === "'" || character === '"';
  const place = { start: at, end: at + character.length };
  if (isQuote)
    return {
      code: 'template/unclosed',
      message: `This ${character} is not closed.`,
      fix: 'Close the text.',
      ...place,
    };
  const fix =
    otherSigns.get(character) ??
    'Expressions are made of names, numbers, quoted text, operators, filters and tests.';
  return { code: 'template/syntax', message: `"${character}" means nothing here.`, fix, ...place };
}
