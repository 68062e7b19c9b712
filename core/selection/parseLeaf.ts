import type { Comparison, FactTest, NameKind, Selection } from './selection.ts';
import type { Pattern } from './nodeset/pattern.ts';
import { quoteName, scanPattern } from './nodeset/pattern.ts';
import type { Reader } from './reader.ts';
import { complain, complainAt, take, writtenSince } from './reader.ts';
import { checkRegex } from './regex.ts';

const kinds: Readonly<Record<string, NameKind>> = {
  'node:': 'node',
  'group:': 'group',
  'tag:': 'tag',
  'source:': 'source',
  'file:': 'file',
  '@': 'group',
};

const comparisons: readonly Comparison[] = ['=', '!=', '<', '<=', '>', '>='];

/** Reads one operand without parentheses: names, a regular expression, a fact, `all` or `none`. */
export function parseLeaf(reader: Reader): Selection | undefined {
  const start = reader.at;
  if (take(reader, /fact:/y) !== undefined) return parseFact(reader, start);
  const prefix = take(reader, /(?:node|group|tag|source|file):|@/y);
  const kind = kinds[prefix ?? ''] ?? 'any';
  if (reader.text[reader.at] === '~' && prefix !== '@') return parseRegexLeaf(reader, { kind, start });
  const bare = prefix === undefined;
  const pattern = (bare ? takeAddress(reader) : undefined) ?? takePattern(reader);
  if (!pattern) return undefined;
  const written = writtenSince(reader, start);
  if (written.text === 'all') return { type: 'all' };
  if (written.text === 'none') return { type: 'nothing' };
  return { type: 'names', kind, pattern, ...written };
}

function parseRegexLeaf(
  reader: Reader,
  { kind, start }: { kind: NameKind; start: number },
): Selection | undefined {
  if (kind === 'file') {
    const path = /^[^\s,&^()]*/.exec(reader.text.slice(reader.at))?.[0] ?? '';
    return complainAt(reader, reader.at, {
      message: 'A path with “~” needs quotes.',
      fix: `Write file:${quoteName(path)}.`,
    });
  }
  const regex = takeRegex(reader);
  return regex === undefined ? undefined : { type: 'regex', kind, regex, ...writtenSince(reader, start) };
}

/** `fact:os.name="Debian GNU/Linux"`, `fact:cpus>=4`, `fact:os.name~/^Deb/`, `fact:virtual`. */
function parseFact(reader: Reader, start: number): Selection | undefined {
  const path = take(reader, /[\p{L}\p{M}\p{N}_.-]+/uy);
  if (path === undefined) {
    return complainAt(reader, reader.at, {
      message: 'The name of a fact is expected here.',
      fix: 'Write fact:os.name=debian.',
    });
  }
  const test = parseFactTest(reader);
  return test && { type: 'fact', path, test, ...writtenSince(reader, start) };
}

function parseFactTest(reader: Reader): FactTest | undefined {
  if (reader.text[reader.at] === '~') {
    if (reader.text[reader.at + 1] === '~') reader.at += 1;
    const regex = takeRegex(reader);
    return regex === undefined ? undefined : { type: 'matches', regex };
  }
  const written = take(reader, /!=|<=|>=|=|<|>/y);
  const comparison = comparisons.find((one) => one === written);
  if (!comparison) return { type: 'known' };
  if (reader.text[reader.at] === '"') {
    const pattern = takePattern(reader);
    return pattern && { type: 'compare', comparison, value: textOf(pattern) };
  }
  const value = take(reader, /[\p{L}\p{M}\p{N}_.:@%/+-]+/uy);
  if (value === undefined) {
    return complainAt(reader, reader.at, {
      message: 'A value is expected here.',
      fix: 'Put it in quotes when it has spaces.',
    });
  }
  return { type: 'compare', comparison, value };
}

/** `[2001:db8::1]` is the name `2001:db8::1`; with a port the brackets stay: `[2001:db8::1]:22`. */
function takeAddress(reader: Reader): Pattern | undefined {
  const written = take(reader, /\[[0-9a-fA-F.]*:[0-9a-fA-F:.]*(?:%[\w.-]+)?\](?::\d+)?/y);
  if (written === undefined) return undefined;
  return [{ type: 'text', text: written.endsWith(']') ? written.slice(1, -1) : written }];
}

function takePattern(reader: Reader): Pattern | undefined {
  const { pattern, end, complaint } = scanPattern(reader.text, reader.at);
  if (complaint) return complain(reader, complaint);
  if (pattern.length === 0) return refuseOperand(reader);
  reader.at = end;
  return pattern;
}

/** Reads `~/…/` and checks that it can be matched in linear time. */
function takeRegex(reader: Reader): string | undefined {
  const start = reader.at;
  const written = take(reader, /~\/(?:\\.|[^\\/])*\//suy);
  if (written === undefined) {
    const word = /^~\/?([^\s,&()]*)/.exec(reader.text.slice(start))?.[1] ?? '';
    const message =
      reader.text[start + 1] === '/'
        ? 'The regular expression is not closed.'
        : '“~” begins a regular expression.';
    return complainAt(reader, start, { message, fix: `Write “~/${word}/”.` });
  }
  const regex = written.slice(2, -1).replaceAll('\\/', '/');
  const refusal = checkRegex(regex);
  if (refusal) return complain(reader, { place: { start, end: reader.at }, ...refusal });
  return regex;
}

function refuseOperand(reader: Reader): undefined {
  const { text, at } = reader;
  const char = text[at];
  const place = { start: at, end: Math.min(at + 1, text.length) };
  if (char === "'") {
    return complain(reader, {
      place,
      message: 'Single quotes mean nothing here.',
      fix: 'Use double quotes.',
    });
  }
  if (char === undefined || /[\s,&^!)]/.test(char)) {
    const before = /[,&^!](?=\s*$)/.exec(text.slice(0, at))?.[0];
    const fix =
      before === undefined ? 'Write one, or “all”.' : `Write one, or remove the “${before}” before.`;
    return complain(reader, { place, message: 'A node, group or tag is expected here.', fix });
  }
  const message = `“${String.fromCodePoint(text.codePointAt(at) ?? 0)}” cannot stand in a name.`;
  return complain(reader, { place, message, fix: 'Put the name in double quotes.' });
}

function textOf(pattern: Pattern): string {
  return pattern.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
