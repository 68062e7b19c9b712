import type { Problem } from '../../../core/util/problem.ts';
import { shapesOf } from '../../../core/schema/shape.ts';
import { sidesOf } from '../../../core/yaml/conflicts.ts';
import { reindented } from '../../../core/yaml/indents.ts';
import { withoutTabs } from '../../../core/yaml/repair.ts';
import { slipAt } from '../../../core/yaml/slips.ts';
import { keysOf as keysOfShapes } from '../../../core/yaml/meant.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';
import { change, insertion, insertionBelow, lineEnd, keysOf, lineStart, removal } from '../edit/entries.ts';
import { singleQuoted } from '../edit/quoting.ts';
import type { Repair } from './finding.ts';

/** What mends a problem of the engine, by its code. */
export function repairsOf(problem: Problem, document: MusterDocument): readonly Repair[] {
  const { code, message, range } = problem;
  const make = repairs.get(code);
  if (!range || !make) return [];
  const slip = code.startsWith('yaml/') ? slipAt(document.document.getText(), range.start) : undefined;
  if (slip?.message !== message) return make({ ...problem, range }, document);
  const edits = slip.changes.map(({ text, ...place }) => change(document, place, text));
  return [{ title: slip.title, edits, isSure: true }];
}

type Placed = Problem & { readonly range: NonNullable<Problem['range']> };
type Make = (problem: Placed, document: MusterDocument) => readonly Repair[];

const repairs: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['yaml/tab-as-indent', (_problem, document) => [tabsRepair(document)]],
  ['yaml/conflict-marker', conflictRepairs],
  ['yaml/quote-this', quoteRepair],
  ['yaml/bad-scalar-start', quoteRepair],
  ['yaml/block-as-implicit-key', plainRepairs],
  ['yaml/missing-char', closeRepair],
  ['yaml/bad-indent', bracketRepair],
  ['yaml/multiline-implicit-key', colonRepair],
  ['yaml/bad-dq-escape', escapeRepair],
  ['yaml/repeated-key', removeLine],
  ['schema/unknown-key', removeRepair],
  ['schema/missing-key', missingRepair],
  ['schema/type', typeRepair],
  ['playbook/misfit', removeRepair],
  ['playbook/two-actions', removeRepair],
  ['playbook/no-action', actionRepair],
  [
    'playbook/unknown-params',
    (problem, document) => declare(problem, document, ['params', '{ type: string, required: true }']),
  ],
  [
    'playbook/unknown-secret',
    (problem, document) => declare(problem, document, ['secrets', '{ ask: What is it? }']),
  ],
  ['template/braces', bracesRepair],
  ['template/unclosed', bracesEnd],
  ['inventory/unknown-node', (problem, document) => declare(problem, document, ['nodes', ''])],
  ['inventory/unknown-group', (problem, document) => declare(problem, document, ['groups', ''])],
]);

/** Spaces for all tabs that lines are indented with. */
export function tabsRepair(document: MusterDocument): Repair {
  const edits = withoutTabs(document.document.getText()).map(({ text, ...place }) =>
    change(document, place, text),
  );
  return { title: 'Indent with spaces', edits, isSure: true };
}

function conflictRepairs({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const sides = sidesOf(document.document.getText(), range.start);
  if (!sides) return [];
  const place = { start: range.start, end: sides.end };
  return [
    { title: 'Keep the upper side', edits: [change(document, place, sides.ours)] },
    { title: 'Keep the lower side', edits: [change(document, place, sides.theirs)] },
  ];
}

function quoteRepair({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const text = document.document.getText();
  const line = text.slice(range.start, lineEnd(text, range.start)).trimEnd();
  const isLine = /^[@`%]/.test(line);
  const written = isLine ? line.replace(/\s+#.*$/, '') : text.slice(range.start, range.end);
  if (written === '' || /^["']/.test(written)) return [];
  const place = { start: range.start, end: range.start + written.length };
  return [{ title: 'Quote it', edits: [change(document, place, singleQuoted(written))], isSure: true }];
}

/** `run: echo a: b`: as quoted text, or below a `|`. */
function plainRepairs({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const text = document.document.getText();
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.start);
  const key = /^(\s*(?:- )*)[^\s:'"{}[\]]+:\s+/.exec(text.slice(start, end));
  if (!key) return [];
  const place = { start: start + key[0].length, end };
  const value = text.slice(place.start, end).trimEnd();
  const below = ' '.repeat((key[1] ?? '').length + 2);
  return [
    { title: 'Quote it', edits: [change(document, place, singleQuoted(value))], isSure: true },
    { title: 'Write it below |', edits: [change(document, place, `|\n${below}${value}`)] },
  ];
}

function escapeRepair({ range: { start } }: Placed, document: MusterDocument): readonly Repair[] {
  return [{ title: 'Write \\\\', edits: [change(document, { start, end: start }, '\\')], isSure: true }];
}

const noColon = /^This is no key/;

function closeRepair(problem: Placed, document: MusterDocument): readonly Repair[] {
  const { range, message } = problem;
  const text = document.document.getText();
  const quote = text[range.start];
  if (quote !== '"' && quote !== "'") return noColon.test(message) ? colonRepair(problem, document) : [];
  const end = lineEnd(text, range.start);
  return [{ title: 'Close the quote', edits: [change(document, { start: end, end }, quote)] }];
}

/** Where it is open on one line; of a list of several lines nobody knows where it was to end. */
function bracketRepair({ range, fix = '' }: Placed, document: MusterDocument): readonly Repair[] {
  const closer = /^Write "([\]}])"/.exec(fix)?.[1];
  const text = document.document.getText();
  const end = lineEnd(text, range.start);
  const line = text
    .slice(range.start, end)
    .replace(/\s+#.*$/, '')
    .trimEnd();
  if (closer === undefined) return indentRepair(range, document);
  if (/[[{,]$/.test(line)) return [];
  const at = range.start + line.length;
  const newText = closer === '}' ? ' }' : closer;
  return [{ title: 'Close the bracket', edits: [change(document, { start: at, end: at }, newText)] }];
}

function indentRepair({ start }: Placed['range'], document: MusterDocument): readonly Repair[] {
  const [first] = reindented(document.document.getText(), start);
  if (!first) return [];
  return [{ title: 'Indent it like the line above', edits: [change(document, first, first.text)] }];
}

function colonRepair({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const text = document.document.getText();
  const end = lineEnd(text, range.start);
  // What is in brackets or quotes is open, and no key.
  if (!/^\s*(?:- )*[\w.-]+$/.test(text.slice(lineStart(text, range.start), end))) return [];
  return [{ title: 'Write a colon', edits: [change(document, { start: end, end }, ':')] }];
}

/** A second key of one name is no entry of what was read: its line goes, where that is all of it. */
function removeLine({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const text = document.document.getText();
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.start);
  const isOne = /^\s*[^\s:]+:[ \t]+[^|>&{[\s][^\n]*$/.test(text.slice(start, end));
  if (!isOne) return [];
  return [
    {
      title: 'Remove this line',
      edits: [change(document, { start, end: Math.min(text.length, end + 1) }, '')],
    },
  ];
}

function removeRepair({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const found = document.parsed.pathAt(range.start);
  if (found?.part !== 'key') return [];
  return [{ title: `Remove "${String(found.path.at(-1))}"`, edits: [removal(document, found.path)] }];
}

const firstValues: ReadonlyMap<string, string> = new Map([
  ['steps', '\n  - run: '],
  ['count', '3'],
  ['url', "'http://{{ node.host }}/'"],
]);

function missingRepair({ name: key, range }: Placed, document: MusterDocument): readonly Repair[] {
  if (key === undefined) return [];
  const edit = insertion(document, mapAt(document, range), [key, firstValues.get(key) ?? '']);
  return [{ title: `Write "${key}"`, edits: [edit], isSure: true }];
}

/** The entry that was marked as a whole, by its key or by its value. */
function mapAt({ parsed }: MusterDocument, range: Placed['range']): Path {
  const { path = [] } = parsed.pathAt(range.start) ?? {};
  for (let length = path.length; length > 0; length -= 1) {
    const each = path.slice(0, length);
    for (const part of ['key', 'value'] as const) {
      const { start, end } = parsed.rangeOf(each, part);
      if (start === range.start && end === range.end) return each;
    }
  }
  return [];
}

const booleans: ReadonlyMap<string, string> = new Map([
  ...['yes', 'on', 'true', 'y'].map((word) => [word, 'true'] as const),
  ...['no', 'off', 'false', 'n'].map((word) => [word, 'false'] as const),
]);

function typeRepair(problem: Placed, document: MusterDocument): readonly Repair[] {
  const { expected = [], range, fix = '' } = problem;
  const written = document.document.getText().slice(range.start, range.end);
  const insert = (at: number, text: string) => change(document, { start: at, end: at }, text);
  const [, key] = /^Write "([\w-]+): .*", with a space behind the colon\.$/s.exec(fix) ?? [];
  if (key !== undefined)
    return [{ title: 'Write a space behind the colon', edits: [insert(range.start + key.length + 1, ' ')] }];
  if (/^Write "run: .*"\.$/s.test(fix) && /^[^\s"'|>][^\n]*$/.test(written))
    return [{ title: `Write "run: ${written}"`, edits: [insert(range.start, 'run: ')] }];
  if (fix.startsWith('Write a space behind each')) return [dashRepair(range, document)];
  const bare = written.replaceAll(/^["']|["']$/g, '');
  const isNumber = ['number', 'int'].some((kind) => expected.includes(kind));
  const meant = expected.includes('boolean')
    ? booleans.get(bare.toLowerCase())
    : isNumber && /^\d+$/.test(bare)
      ? bare
      : undefined;
  if (meant === undefined) return [];
  return [{ title: `Change to ${meant}`, edits: [change(document, range, meant)], isSure: true }];
}

/** `-run: x` as entries of a list. */
function dashRepair({ start }: Placed['range'], document: MusterDocument): Repair {
  const path = document.parsed.pathAt(start)?.path ?? [];
  const at = document.parsed.writtenAt(path) === undefined ? path : path.slice(0, -1);
  const edits = keysOf(document.parsed.writtenAt(at)).flatMap((key) => {
    const place = document.parsed.rangeOf([...at, key], 'key').start + 1;
    return /^-\S/.test(key) ? [change(document, { start: place, end: place }, ' ')] : [];
  });
  return { title: 'Write a space behind each "-"', edits };
}

function actionRepair({ range }: Placed, document: MusterDocument): readonly Repair[] {
  return [{ title: 'Write "run"', edits: [insertion(document, mapAt(document, range), ['run', ''])] }];
}

/** Declares a name that is used, in a kind of file that can: a task has no secrets of its own. */
function declare(
  { name = '' }: Placed,
  document: MusterDocument,
  [top, value]: readonly [string, string],
): readonly Repair[] {
  if (!/^[\w.-]+$/.test(name) || !keysOfShapes(shapesOf(document.schema)).includes(top)) return [];
  return [{ title: `Write "${name}" under "${top}"`, edits: [insertionBelow(document, [top, name], value)] }];
}

function bracesRepair({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const { path } = document.parsed.pathAt(range.start) ?? {};
  const written = path && document.parsed.writtenAt(path);
  if (path === undefined || typeof written !== 'string') return [];
  const bare = written.replaceAll(/\s*\{\{\s*|\s*\}\}\s*/g, ' ').trim();
  const edit = change(document, document.parsed.rangeOf(path, 'value'), bare);
  return [{ title: 'Write it without braces', edits: [edit], isSure: true }];
}

function bracesEnd({ range }: Placed, document: MusterDocument): readonly Repair[] {
  const text = document.document.getText();
  if (!text.startsWith('{{', range.start)) return [];
  const end = lineEnd(text, range.start);
  const line = text.slice(range.start, end);
  const rest = /["']?\s*$/.exec(line)?.[0].length ?? 0;
  const at = end - rest;
  const newText = text[at - 1] === ' ' ? '}}' : text[at - 1] === '}' ? '}' : ' }}';
  return [{ title: 'Close it with }}', edits: [change(document, { start: at, end: at }, newText)] }];
}
