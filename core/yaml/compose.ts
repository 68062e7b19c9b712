import { Composer, Lexer, Parser } from 'yaml';
import type { CST, Document, YAMLParseError, YAMLWarning } from 'yaml';
import type { Problem, TextPlace, TextRange } from '../util/problem.ts';
import type { Lines } from './lines.ts';
import { openBracket } from './openBracket.ts';
import type { Span } from './scalar.ts';
import { lineStart } from './entries.ts';
import { tabBefore } from './indents.ts';
import { slipAt } from './slips.ts';
import { inWords, strangeIndent, tabIndent } from './words.ts';

/** Deeper nesting than any file that people write; npm yaml can abort the process on a thousand levels. */
const deepest = 100;
/** UTF-16 units: an inventory of 50,000 nodes fits. */
const largest = 8 * 1024 * 1024;

export type Composed = {
  readonly contents: Document.Parsed['contents'];
  /** First line with content: where a problem of the whole document is shown. */
  readonly span: Span;
  readonly problems: readonly Problem[];
};

/**
 * Text to syntax tree. Size and nesting are checked before the recursive part of the YAML library sees the text:
 * its lexer and parser are loops with a stack of their own, so that the stack's height is the exact depth.
 * With `tags: 'any'` unknown tags are left to the caller.
 */
export function compose(
  text: string,
  lines: Lines,
  { tags }: { tags: 'known' | 'any' } = { tags: 'known' },
): Composed {
  if (text.length > largest) return refused('yaml/too-large', lines.range(0, 0), tooLarge);
  return composed(tokensOf(text), { text, lines, tags });
}

/** A part of a text, and what is read behind it as if it stood there. */
export type Part = TextPlace & { readonly behind: string };

/** The same for a part of a text: places are those of the whole. */
export function composePart(text: string, lines: Lines, { start, end, behind }: Part): Composed {
  return composed(tokensOf(text.slice(start, end) + behind, start), { text, lines, tags: 'known' });
}

function composed(
  { tokens, depthAt, openQuotes }: Tokens,
  { text, lines, tags }: { readonly text: string; readonly lines: Lines; readonly tags: 'known' | 'any' },
): Composed {
  if (depthAt !== undefined) return refused('yaml/too-deep', lines.range(depthAt, depthAt + 1), tooDeep);
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (!document) return { contents: null, span: [0, 0], problems: [] };
  const start = document.contents?.range?.[0] ?? 0;
  return {
    contents: document.contents,
    span: [start, endOfLine(text, start)],
    problems: [
      ...distinct(document.errors.map((error) => syntaxProblem(error, { text, lines, openQuotes }))),
      ...document.warnings.map((warning) => warningProblem(warning, { lines, tags })),
      ...(second ? [secondDocument(lines.range(second.range[0], second.range[0] + 3))] : []),
    ],
  };
}

/** One mistake of people may be several for the library. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const told = new Set<string>();
  return problems.filter(({ message, range }) => {
    const key = `${String(range?.start)} ${message}`;
    return !told.has(key) && told.add(key);
  });
}

/** Tokens for the composer, or where the nesting became too deep. */
type Tokens = {
  readonly tokens: CST.Token[];
  readonly depthAt?: number;
  /** Where quoted texts begin that have no end. */
  readonly openQuotes: readonly number[];
  /** Such a text reaches to the end. */
  readonly isOpen: boolean;
};

/** A comment that closes whatever quote is open. */
const closer = '\n# "\'';

/**
 * The YAML library lets a quote without an end take all that is left of the text, but only where no other one comes: else
 * it ends where the indentation does. So that it always ends there, another one comes. Places count on `from`.
 */
function tokensOf(text: string, from = 0): Tokens {
  const read = tokensIn(text, from, text.length);
  if (!read.isOpen) return read;
  const closed = tokensIn(text + closer, from, text.length);
  return closed.isOpen ? read : closed;
}

/** `length`: of the text without what was added to it. */
function tokensIn(text: string, from: number, length: number): Tokens {
  const parser = new Parser();
  parser.offset = from;
  const tokens: CST.Token[] = [];
  const openQuotes: number[] = [];
  let isOpen = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (/^["']/.test(lexeme)) {
      const end = parser.offset - from + lexeme.length;
      const isClosed = lexeme.length > 1 && lexeme.endsWith(lexeme.charAt(0));
      if (!isClosed) openQuotes.push(parser.offset);
      isOpen = end > length || (end === text.length && !isClosed);
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > deepest)
      return { tokens, depthAt: parser.offset - lexeme.length, openQuotes, isOpen };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, openQuotes, isOpen };
}

const tooLarge = `The file has more than ${largest / 1024 / 1024} MB. Split it.`;
const tooDeep = `More than ${deepest} levels of nesting.`;

function refused(code: string, range: TextRange, message: string): Composed {
  return { contents: null, span: [0, 0], problems: [{ code, severity: 'error', message, range }] };
}

type Source = { readonly text: string; readonly lines: Lines; readonly openQuotes: readonly number[] };

function syntaxProblem(error: YAMLParseError, { text, lines, openQuotes }: Source): Problem {
  const [start, end] = error.pos;
  const code = `yaml/${error.code.toLowerCase().replaceAll('_', '-')}`;
  if (error.message.startsWith('Missing closing')) {
    const quote = openQuotes.findLast((each) => each <= start) ?? start;
    const range = lines.range(quote, endOfLine(text, quote));
    return { code, severity: 'error', message: 'The quote is not closed.', range };
  }
  const closer = /must be sufficiently indented and end with a ([\]}])/.exec(error.message)?.[1];
  const bracket = closer === undefined ? undefined : openBracket(text, start, closer);
  if (closer !== undefined && bracket !== undefined) {
    const message = `The "${text[bracket]}" is not closed.`;
    const range = lines.range(bracket, endOfLine(text, bracket));
    return { code, severity: 'error', message, fix: `Write "${closer}" at its end.`, range };
  }
  const escape = escapeProblem(error, lines);
  if (escape) return escape;
  const meant = inWords(error.message);
  const isIndent = error.code === 'BAD_INDENT' || meant?.code === strangeIndent.code;
  const tab = isIndent ? tabBefore(text, start) : undefined;
  if (tab !== undefined) return { ...tabIndent, severity: 'error', range: lines.range(tab, tab + 1) };
  const layout = layoutProblem(error, meant, { text, lines });
  if (layout) return layout;
  const fix = syntaxFix(error, text);
  if (meant) {
    const { isLayout: _isLayout, ...said } = meant;
    const range = rangeOfLine(start, text, lines);
    return { code, severity: 'error', ...said, ...(fix !== undefined && { fix }), range };
  }
  return {
    code,
    severity: 'error',
    message: `${error.message.replace(/[.\s]+$/, '')}.`,
    ...(fix !== undefined && { fix }),
    range: lines.range(start, end),
  };
}

/** What is wrong with the spaces of a line, where that is what an error comes from. */
function layoutProblem(
  { code, pos: [start] }: YAMLParseError,
  meant: ReturnType<typeof inWords>,
  { text, lines }: Pick<Source, 'text' | 'lines'>,
): Problem | undefined {
  const next = /^(?:BLOCK_AS|MULTILINE)_IMPLICIT_KEY$/.test(code) ? deeperLine(text, start) : undefined;
  const slip = meant?.isLayout === true || next !== undefined ? slipAt(text, next ?? start) : undefined;
  if (slip) {
    const { code: slipped, message, fix, place } = slip;
    return { code: slipped, severity: 'error', message, fix, range: lines.range(place.start, place.end) };
  }
  if (next === undefined) return undefined;
  return { ...strangeIndent, severity: 'error', range: rangeOfLine(next, text, lines) };
}

/** The line below a value that was read as more of it, as it is further right, and has a colon of its own. */
function deeperLine(text: string, start: number): number | undefined {
  if (!/[^\s:]+:[ \t]+$/.test(text.slice(lineStart(text, start), start))) return undefined;
  const end = endOfLine(text, start);
  const line = text.slice(start, end).replaceAll(/"[^"]*"|'[^']*'/g, '');
  const next = end + 1 + (/^\s*?(?=[^\S\n]*\S)/.exec(text.slice(end + 1, end + 1000))?.[0].length ?? 0);
  return /:(?:\s|$)/.test(line) || next >= text.length ? undefined : next;
}

/** `"grep \\d"`: what stands in double quotes behind a backslash is one of a few characters. */
function escapeProblem({ code, pos: [start] }: YAMLParseError, lines: Lines): Problem | undefined {
  if (code !== 'BAD_DQ_ESCAPE') return undefined;
  return {
    code: 'yaml/bad-dq-escape',
    severity: 'error',
    message: 'In double quotes "\\" begins an escape, and there is none like this.',
    fix: 'Write "\\\\" for it, or put the text into single quotes.',
    range: lines.range(start, start + 2),
  };
}

/** What to do about the mistakes that node names and selections invite. */
function syntaxFix(error: YAMLParseError, text: string): string | undefined {
  const start = error.pos[0];
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const after = text.slice(start, start + 200);
  if (error.code === 'BAD_SCALAR_START') return quoted(/^\S+/.exec(after)?.[0]);
  if (/^\s*\*\S*:$/.test(before)) return quoted(before.trim().slice(0, -1));
  const name = /[^\s,{}[\]"']+$/.exec(before)?.[0];
  const range = /^\[[\d,/-]*\][^\s,:}\]]*/.exec(after)?.[0];
  if (name !== undefined && range !== undefined) return quoted(name + range);
  if (error.code === 'TAB_AS_INDENT') return 'Indent with spaces.';
  return undefined;
}

/** From a place to the end of its line; from the first thing in it where that is the place of its indentation. */
function rangeOfLine(from: number, text: string, lines: Lines): TextRange {
  const indent = /^[ \t]*/.exec(text.slice(from, from + 1000))?.[0].length ?? 0;
  const end = endOfLine(text, from);
  return lines.range(Math.min(from + indent, end), end);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `Quote it: write "${text}".`;
}

/** Unknown tags are kept as errors: whatever `!vault` or `!web` meant, reading past it would be wrong. */
function warningProblem(
  warning: YAMLWarning,
  { lines, tags }: { lines: Lines; tags: 'known' | 'any' },
): Problem {
  const [start, end] = warning.pos;
  const range = lines.range(start, end);
  if (warning.code !== 'TAG_RESOLVE_FAILED') {
    return { code: 'yaml/suspicious', severity: 'warning', message: `${warning.message}.`, range };
  }
  return {
    code: 'yaml/unknown-tag',
    severity: tags === 'any' ? 'info' : 'error',
    message: `Unknown YAML tag ${warning.message.replace(/^Unresolved tag: /, '')}.`,
    fix: 'Quote the text if it is not meant as a tag.',
    range,
  };
}

function secondDocument(range: TextRange): Problem {
  return {
    code: 'yaml/second-document',
    severity: 'error',
    message: 'The file has a second YAML document.',
    fix: 'Put it into a file of its own.',
    range,
  };
}
