import type * as z from 'zod';
import type { Role } from '../../schema/role.ts';
import { shapesBelow, type Shape, shapesOf } from '../../schema/shape.ts';
import type { Problem, TextPlace } from '../../util/problem.ts';
import type { Shell } from '../../util/quote.ts';
import { shells } from '../../util/quote.ts';
import { linesOf } from '../../yaml/lines.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import type { Path } from '../../yaml/places.ts';
import { scalarOffsets } from '../../yaml/scalarOffsets.ts';
import { evaluate } from '../template/evaluate.ts';
import { type Expression, partsOf, type TemplateProblem } from '../template/expression.ts';
import { parseExpression } from '../template/parse.ts';
import { commandProblems } from '../template/render.ts';
import { parseTemplate, rawIn } from '../template/template.ts';

/** A text of a file in which expressions may stand. */
export type TemplateText = {
  readonly path: Path;
  readonly role: Extract<Role, 'template' | 'command' | 'expression'>;
  readonly expressions: readonly Expression[];
  /** What is wrong with it by itself. */
  readonly problems: readonly Problem[];
  /** A problem at a place of the text, as a problem of the file. */
  at(place: TextPlace, problem: Omit<Problem, 'range'>): Problem;
};

export type TemplateSource = {
  readonly text: string;
  readonly schema: z.core.$ZodType;
  readonly document: ParsedDocument<unknown>;
};

/** What was found in a document, for as long as somebody has it: the parser, the editor's facts and its checks all ask. */
const known = new WeakMap<TemplateSource['document'], readonly TemplateText[]>();

/** Every text of a file in which expressions may stand, as its schema says. */
export function templateTexts(source: TemplateSource): readonly TemplateText[] {
  const texts = known.get(source.document) ?? findTexts(source);
  known.set(source.document, texts);
  return texts;
}

function findTexts(source: TemplateSource): readonly TemplateText[] {
  const found: TemplateText[] = [];
  const lines = linesOf(source.text);
  const visit = (value: unknown, shapes: readonly Shape[], path: Path): void => {
    if (typeof value === 'string') {
      const role = roleIn(shapes);
      if (role) found.push(textAt(value, { role, path, source, lines }));
      return;
    }
    const isData = shapes.some((shape) => shape.kind === 'data' && shape.templates);
    for (const [key, child] of entriesOf(value)) {
      const inner = shapesBelow(shapes, typeof key === 'number' ? undefined : key);
      visit(child, isData && inner.length === 0 ? shapes : inner, [...path, key]);
    }
  };
  visit(source.document.writtenAt([]), shapesOf(source.schema), []);
  return found;
}

function roleIn(shapes: readonly Shape[]): TemplateText['role'] | undefined {
  for (const shape of shapes) {
    if (shape.kind === 'data' && shape.templates) return 'template';
    if (shape.kind === 'text' && shape.role !== 'name' && shape.role !== 'selection') return shape.role;
  }
  return undefined;
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()];
  if (value instanceof Map) return [...(value as Map<string, unknown>)];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

type Where = {
  readonly role: TemplateText['role'];
  readonly path: Path;
  readonly source: TemplateSource;
  readonly lines: ReturnType<typeof linesOf>;
};

function textAt(value: string, { role, path, source, lines }: Where): TemplateText {
  let offset: ((at: number) => number) | undefined;
  const at: TemplateText['at'] = (place, problem) => {
    offset ??= offsetsAt(path, value, source);
    const start = offset(place.start);
    return { ...problem, range: lines.range(start, Math.max(start + 1, offset(place.end))) };
  };
  const read =
    role === 'expression' ? readExpression(value) : readTemplate(value, role, shellAt(path, source));
  const problems = read.problems.map(({ start, end, ...problem }) =>
    at({ start, end }, { ...problem, severity: 'error' }),
  );
  return { path, role, expressions: read.expressions, problems, at };
}

/** Offsets in the file of those in the text. */
function offsetsAt(path: Path, value: string, { document, text }: TemplateSource): (at: number) => number {
  const { start, end } = document.rangeOf(path, 'value');
  const inside = scalarOffsets(text.slice(start, end), value);
  return (at) => start + inside(at);
}

type Read = { readonly expressions: readonly Expression[]; readonly problems: readonly TemplateProblem[] };

function readExpression(text: string): Read {
  const parsed = parseExpression(text);
  if (!parsed.ok) return { expressions: [], problems: [withoutBraces(text, parsed.problem)] };
  const expressions = [parsed.expression];
  const misplaced = rawIn(parsed.expression);
  return { expressions, problems: misplaced ? [misplaced] : expressions.flatMap(wrongAsItIs) };
}

/** Who writes braces where an expression stands has the right idea. */
function withoutBraces(text: string, problem: TemplateProblem): TemplateProblem {
  if (!text.includes('{{')) return problem;
  const { start } = problem;
  const message = 'This is an expression already.';
  return { code: 'template/braces', message, fix: 'Write it without {{ and }}.', start, end: start + 2 };
}

function readTemplate(text: string, role: 'template' | 'command', shell: Shell): Read {
  const template = parseTemplate(text);
  const unsafe = role === 'command' ? commandProblems(text, shell, template) : [];
  const expressions = template.parts.flatMap((part) => (part.type === 'expression' ? [part.expression] : []));
  return { expressions, problems: [...template.problems, ...unsafe, ...expressions.flatMap(wrongAsItIs)] };
}

/** What looks nothing up is the same wherever it runs. */
function wrongAsItIs(expression: Expression): readonly TemplateProblem[] {
  if (partsOf(expression).some(({ type }) => type === 'name')) return [];
  const found = evaluate(expression, new Map());
  return found.ok ? [] : [found.problem];
}

/** The shell that the step of a command names. */
function shellAt(path: Path, { document }: TemplateSource): Shell {
  const written = document.writtenAt([...path.slice(0, -1), 'shell']);
  return shells.find((shell) => shell === written) ?? 'sh';
}
