import type { Role } from '../../schema/role.ts';
import { shapesBelow, type Shape } from '../../schema/shape.ts';
import type { Shell } from '../../util/quote.ts';
import { shells } from '../../util/quote.ts';
import { remembered } from '../../util/remembered.ts';
import { at as valueAt, entriesOf, outerEntries } from '../../yaml/data.ts';
import type { Path } from '../../yaml/places.ts';
import type { NewEntry } from '../../yaml/readAgain.ts';
import { evaluate } from '../template/evaluate.ts';
import {
  askedFor,
  type Expression,
  lookUpsOf,
  partsOf,
  type TemplateProblem,
} from '../template/expression.ts';
import { type Member, membersOf } from '../template/members.ts';
import { parseExpression } from '../template/parse.ts';
import { commandProblems } from '../template/render.ts';
import { parseTemplate, rawIn, type TemplatePart } from '../template/template.ts';

/** A text in which expressions may stand, read by itself. */
export type WrittenText = {
  readonly value: string;
  readonly role: Extract<Role, 'template' | 'command' | 'expression'>;
  /** The shell that the step of a command names. */
  readonly shell: Shell;
  readonly expressions: readonly Expression[];
  /** What the expressions look up, as far as it is written out. */
  readonly lookUps: ReturnType<typeof lookUpsOf>;
  /** Names in tables that they look up. */
  readonly members: readonly Member[];
  /** What they ask for, or have something instead of, with dots: `vars.port`. */
  readonly asked: ReadonlySet<string>;
  /** What a template is made of; nothing in an expression. */
  readonly parts: readonly TemplatePart[];
  /** What is wrong with it, at places of the text. */
  readonly problems: readonly TemplateProblem[];
};

/** A text, and its path below the entry that it stands in. */
export type FoundText = { readonly path: Path; readonly text: WrittenText };

/** An entry such as a step, and every text of it: the same objects for as long as it is written the same. */
export type EntryTexts = { readonly entry: Path; readonly texts: readonly FoundText[] };

/** Every text below the value of a document, entry by entry. */
export function writtenTexts(data: unknown, shapes: readonly Shape[]): readonly EntryTexts[] {
  return outerEntries(data).map(({ path, value, container }) => ({
    entry: path,
    texts: textsBelow({ value, shapes: path.reduce(shapesInside, shapes) }, container),
  }));
}

/** The texts of one entry of a document. */
export function writtenTextsOf(data: unknown, shapes: readonly Shape[], entry: Path): readonly FoundText[] {
  const container = valueAt(data, entry.slice(0, -1));
  return textsBelow({ value: valueAt(data, entry), shapes: entry.reduce(shapesInside, shapes) }, container);
}

/** Reads those of an entry before the document that it is in: they are known then. */
export function readTextsAhead({ path, value }: NewEntry, shapes: readonly Shape[]): void {
  if (path.length === 2 && typeof value === 'object' && value !== null)
    textsOf(value, { value, shapes: path.reduce(shapesInside, shapes) });
}

type Entry = { readonly value: unknown; readonly shapes: readonly Shape[] };

function textsBelow(entry: Entry, container: unknown): readonly FoundText[] {
  const { value } = entry;
  return typeof value === 'object' && value !== null ? textsOf(value, entry) : textsIn(entry, container, []);
}

const textsOf = remembered((value: object, entry: Entry) => textsIn(entry, value, []));

/** `container`: what the value stands in. */
function textsIn({ value, shapes }: Entry, container: unknown, path: Path): readonly FoundText[] {
  if (typeof value === 'string') {
    const role = roleIn(shapes);
    return role ? [{ path, text: textOf(value, role, container) }] : [];
  }
  return entriesOf(value).flatMap(([key, child]) =>
    textsIn({ value: child, shapes: shapesInside(shapes, key) }, value, [...path, key]),
  );
}

/** Below data in which templates may stand, all is such data. */
function shapesInside(shapes: readonly Shape[], key: string | number): readonly Shape[] {
  const inner = shapesBelow(shapes, typeof key === 'number' ? undefined : key);
  const isData = shapes.some((shape) => shape.kind === 'data' && shape.templates);
  return isData && inner.length === 0 ? shapes : inner;
}

function textOf(value: string, role: WrittenText['role'], container: unknown): WrittenText {
  const written = valueAt(container, ['shell']);
  const shell = shells.find((each) => each === written) ?? 'sh';
  const read = role === 'expression' ? readExpression(value) : readTemplate(value, role, shell);
  return { value, role, shell, ...read, ...namesIn(read) };
}

function namesIn({ expressions }: Read): Pick<WrittenText, 'lookUps' | 'members' | 'asked'> {
  const lookUps = expressions.flatMap(lookUpsOf);
  return { lookUps, members: membersOf(expressions), asked: askedIn(expressions) };
}

const nothing: ReadonlySet<string> = new Set();

function askedIn(expressions: readonly Expression[]): ReadonlySet<string> {
  const asked = expressions.flatMap((each) => askedFor(each).map((path) => path.join('.')));
  return asked.length === 0 ? nothing : new Set(asked);
}

function roleIn(shapes: readonly Shape[]): WrittenText['role'] | undefined {
  for (const shape of shapes) {
    if (shape.kind === 'data' && shape.templates) return 'template';
    if (shape.kind === 'text' && shape.role !== 'name' && shape.role !== 'selection') return shape.role;
  }
  return undefined;
}

type Read = Pick<WrittenText, 'expressions' | 'parts' | 'problems'>;

function readExpression(text: string): Read {
  const parsed = parseExpression(text);
  if (!parsed.ok) return { expressions: [], parts: [], problems: [withoutBraces(text, parsed.problem)] };
  const expressions = [parsed.expression];
  const misplaced = rawIn(parsed.expression);
  return { expressions, parts: [], problems: misplaced ? [misplaced] : expressions.flatMap(wrongAsItIs) };
}

/** Who writes braces where an expression stands has the right idea. */
function withoutBraces(text: string, problem: TemplateProblem): TemplateProblem {
  if (!text.includes('{{')) return problem;
  const { start } = problem;
  const message = 'This is an expression already.';
  return { code: 'template/braces', message, fix: 'Write it without {{ and }}.', start, end: start + 2 };
}

/** The text of a file that a step fills in. */
export const fileText = remembered(({ text }: { readonly text: string }): WrittenText => {
  const read = readTemplate(text, 'template', 'sh');
  return { value: text, role: 'template', shell: 'sh', ...read, ...namesIn(read) };
});

function readTemplate(text: string, role: 'template' | 'command', shell: Shell): Read {
  const template = parseTemplate(text);
  const unsafe = role === 'command' ? commandProblems(text, shell, template) : [];
  const expressions = template.parts.flatMap((part) => (part.type === 'expression' ? [part.expression] : []));
  const problems = [...template.problems, ...unsafe, ...expressions.flatMap(wrongAsItIs)];
  return { expressions, parts: template.parts, problems };
}

/** What looks nothing up is the same wherever it runs. */
function wrongAsItIs(expression: Expression): readonly TemplateProblem[] {
  if (partsOf(expression).some(({ type }) => type === 'name')) return [];
  const found = evaluate(expression, new Map());
  return found.ok ? [] : [found.problem];
}
