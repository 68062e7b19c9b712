import type * as z from 'zod';
import { PlaybookFile } from '../../schema/playbook.ts';
import { TaskFile } from '../../schema/task.ts';
import { parseSelection } from '../../selection/parse.ts';
import { byPlace, hasErrors, type Problem, type TextPlace } from '../../util/problem.ts';
import type { ReadData } from '../../yaml/readData.ts';
import { linesOf } from '../../yaml/lines.ts';
import { type ParsedDocument, parseDocument } from '../../yaml/parseDocument.ts';
import type { Path } from '../../yaml/places.ts';
import { isTear } from '../../yaml/torn.ts';
import { checkSteps, type Declared, type Outer } from './check.ts';
import { salvage } from './salvage.ts';

export type ReadFile<T> = {
  /** What could be read; with an error among the problems it is for display and completion only. */
  readonly value?: T;
  readonly document: ParsedDocument<T>;
  readonly problems: readonly Problem[];
};

/** Reads a `*.playbook.yaml`. Never throws on what people write. */
export function readPlaybook(text: string, outer?: Outer, readText?: ReadData): ReadFile<PlaybookFile> {
  const declare = (file: PlaybookFile): Declared => ({
    params: file.params ?? new Map(),
    secrets: [...(file.secrets?.keys() ?? []), ...(outer?.secrets ?? [])],
    hasOthers: outer === undefined,
    handlers: file.handlers ?? [],
    lists: [
      { path: ['steps'], steps: file.steps },
      { path: ['handlers'], steps: file.handlers ?? [] },
      { path: ['finally'], steps: file.finally ?? [] },
    ],
  });
  return read(text, { schema: PlaybookFile, outer, readText, declare });
}

/** Reads a `*.task.yaml`. Never throws on what people write. */
export function readTask(text: string, outer?: Outer, readText?: ReadData): ReadFile<TaskFile> {
  const declare = (file: TaskFile): Declared => ({
    params: file.params ?? new Map(),
    secrets: outer?.secrets ?? [],
    hasOthers: outer === undefined,
    handlers: [],
    lists: [
      { path: ['steps'], steps: file.steps ?? [] },
      ...(file.implementations ?? []).map(({ steps }, at) => ({
        path: ['implementations', at, 'steps'] as Path,
        steps,
      })),
    ],
  });
  return read(text, { schema: TaskFile, outer, readText, declare });
}

type Kind<T> = {
  readonly schema: z.ZodType<T>;
  readonly outer: Outer | undefined;
  readonly readText: ReadData | undefined;
  declare(file: T): Declared;
};

function read<T>(text: string, { schema, outer, readText, declare }: Kind<T>): ReadFile<T> {
  const document = parseDocument(text, schema, readText);
  const { value } = document;
  const shape = withoutEchoes(document.problems);
  // Of a text that is torn nobody knows what it means.
  if (shape.some(isTear)) return { document, problems: shape, ...(value !== undefined && { value }) };
  const isRight = value !== undefined && !hasErrors(shape);
  const { declared, broken } = isRight ? { declared: declare(value), broken: [] } : salvage(document, outer);
  const inner = [...checkSteps({ text, schema, document }, declared), ...selectionProblems(document, text)];
  const problems = [...shape, ...withoutRepeats(inner, shape, broken)].toSorted(byPlace);
  return { document, problems, ...(value !== undefined && { value }) };
}

/** What does not have its shape is not looked into: every mistake would be told twice. */
function withoutRepeats(
  inner: readonly Problem[],
  shape: readonly Problem[],
  broken: readonly TextPlace[],
): readonly Problem[] {
  const told = shape.map(({ range }) => range?.start);
  return inner.filter(({ range: { start } = { start: 0 } }) => {
    const isBroken = broken.some((place) => place.start <= start && start < place.end);
    return !isBroken && !told.includes(start);
  });
}

/** A step whose action has a typo is told of the typo. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  const unknown = problems.flatMap(({ code, range }) =>
    code === 'schema/unknown-key' && range ? [range.start] : [],
  );
  return problems.filter(({ code, range }) => {
    const isInside = (start: number): boolean =>
      range !== undefined && range.start <= start && start < range.end;
    return code !== 'playbook/no-action' || !unknown.some(isInside);
  });
}

function selectionProblems(document: ParsedDocument<unknown>, text: string): readonly Problem[] {
  const targets = document.writtenAt(['targets']);
  if (typeof targets !== 'string') return [];
  const span = document.rangeOf(['targets'], 'value');
  const isQuoted = /^['"]/.test(text.slice(span.start));
  return parseSelection(targets).problems.map((problem) => {
    const { start = 0, end = 0 } = problem.range ?? {};
    const from = span.start + (isQuoted ? 1 : 0);
    return { ...problem, range: linesOf(text).range(from + start, from + Math.max(end, start + 1)) };
  });
}
