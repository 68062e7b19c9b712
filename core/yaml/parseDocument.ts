import type * as z from 'zod';
import type { Shape } from '../schema/shape.ts';
import { shapesOf } from '../schema/shape.ts';
import { byPlace, type Problem, type TextRange } from '../util/problem.ts';
import { withoutConflicts } from './conflicts.ts';
import { at, copyOf, removeEntry } from './data.ts';
import type { Mistake } from './issues.ts';
import { isMissingKey, keysMeant, mistakesOf } from './issues.ts';
import type { Lines } from './lines.ts';
import { linesOf } from './lines.ts';
import type { Located, Part, Path } from './places.ts';
import { pathAt, rangeAt } from './places.ts';
import { type ReadData, readData } from './readData.ts';
import { unreadable } from './scalar.ts';

export type ParsedDocument<T> = {
  /** What could be read; entries with errors are left out. Absent when nothing could. */
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** Where the key or the value at a path was written; the nearest entry above where that one was not written. */
  rangeOf(path: Path, part: Part): TextRange;
  /** What was written at a path, before the schema gave it a form. */
  writtenAt(path: Path): unknown;
  /** Path of the innermost entry around an offset, and the part of it that the offset is in. */
  pathAt(offset: number): { readonly path: Path; readonly part: Part } | undefined;
};

/**
 * Reads one YAML document by a schema. Never throws on what people write: every mistake is a problem with its
 * exact place. With a problem of severity error the value is for display and completion only.
 */
export function parseDocument<T>(
  written: string,
  schema: z.ZodType<T>,
  read: ReadData = readData,
): ParsedDocument<T> {
  const lines = linesOf(written);
  const { text, problems: conflicts } = withoutConflicts(written, lines);
  const shapes = shapesOf(schema);
  const tree = read(text, lines, shapes);
  const data = tree.data ?? emptyOf(shapes);
  const located = { ...tree, data, root: tree.span, lines };
  const checked = check(schema, shapes, located);
  const found = withoutEchoes({ ...tree.problems, schema: tree.isRefused ? [] : checked.problems });
  const problems = conflicts.length > 0 ? [...conflicts, ...found].toSorted(byPlace) : found;
  return {
    ...(checked.value !== undefined && { value: checked.value }),
    problems,
    ...placesIn(located),
  };
}

/** What is where in a document, whatever its schema says of it. */
export type Written = Pick<ParsedDocument<unknown>, 'rangeOf' | 'writtenAt' | 'pathAt'>;

/** What is written in a document, not judged by its schema; undefined where its form is wrong. */
export function readWritten(text: string, schema: z.ZodType): Written | undefined {
  if (text.includes('<<<<<<<')) return undefined;
  const lines = linesOf(text);
  const shapes = shapesOf(schema);
  const tree = readData(text, lines, shapes);
  if (tree.problems.yaml.length > 0 || tree.problems.walk.length > 0) return undefined;
  return placesIn({ ...tree, data: tree.data ?? emptyOf(shapes), root: tree.span, lines });
}

function placesIn(located: Located & { readonly lines: Lines }): Written {
  return {
    rangeOf: (path, part) => rangeAt(located, path, part),
    writtenAt: (path) => at(located.data, path),
    pathAt: (offset) => pathAt(located, offset),
  };
}

/** Rounds of taking away what is wrong and checking the rest: a refinement is only asked once its parts are right. */
const rounds = 5;

function check<T>(
  schema: z.ZodType<T>,
  shapes: readonly Shape[],
  source: Located & { lines: Lines },
): { value?: T; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  // What is wrong is taken out of a copy: the places of what was written stay as they are.
  let data = source.data;
  const gone = new Set<string>();
  const settled = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const result = judge(schema, data);
    if (!result) return { problems: [...problems, tooManyMistakes(source)] };
    if (result.success) return { value: result.data, problems };
    if (round === 0) data = copyOf(data);
    const mistakes = withoutResults(
      result.error.issues.flatMap((issue) => mistakesOf(issue, { shapes, data })),
    );
    // A key that is missing because of a typo is told of once, at the typo; any other once, whatever else is taken away.
    for (const path of keysMeant(mistakes)) settled.add(JSON.stringify(path));
    const news = mistakes.filter(
      (mistake) =>
        at(source.data, mistake.path) !== unreadable &&
        !gone.has(JSON.stringify(mistake.path)) &&
        !(mistake.about && gone.has(JSON.stringify(mistake.about))) &&
        !(isMissingKey(mistake) && settled.has(JSON.stringify(mistake.path))),
    );
    for (const mistake of news) {
      if (isMissingKey(mistake)) settled.add(JSON.stringify(mistake.path));
      problems.push(problemOf(mistake, source));
    }
    const removed = mistakes.filter((mistake) => removeEntry(data, mistake.path));
    // What is said of an entry after something in it was taken away may be so only since then.
    for (const { path } of removed)
      for (let length = path.length; length >= 0; length -= 1)
        gone.add(JSON.stringify(path.slice(0, length)));
    if (removed.length === 0) break;
  }
  return { problems };
}

/** What a map lacks because one of its keys has a typo is told of once, at the typo. */
function withoutResults(mistakes: readonly Mistake[]): readonly Mistake[] {
  const typos = new Set(keysMeant(mistakes).map((path) => JSON.stringify(path.slice(0, -1))));
  return mistakes.filter(({ code, path }) => code !== 'schema/value' || !typos.has(JSON.stringify(path)));
}

/** Zod passes issues on as arguments of a call: with some 100,000 of them the call itself overflows the stack. */
function judge<T>(schema: z.ZodType<T>, data: unknown): z.ZodSafeParseResult<T> | undefined {
  try {
    return schema.safeParse(data);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function tooManyMistakes(source: Located & { lines: Lines }): Problem {
  const message = 'The file has too many mistakes to list them.';
  return { code: 'schema/too-many', severity: 'error', message, range: rangeAt(source, [], 'value') };
}

function problemOf(
  { path, on, about: _whole, ...said }: Mistake,
  source: Located & { lines: Lines },
): Problem {
  return { severity: 'error', ...said, range: rangeAt(source, path, on) };
}

/** What the YAML library also says after the error that matters. */
const consequences = new Set(['yaml/unexpected-token', 'yaml/bad-indent', 'yaml/missing-char']);

/**
 * One broken line makes many errors. Of the YAML library's the first of a line stays, unless the walk found a better
 * name for it; what only follows from an earlier error goes, and so does what the schema says of such a line
 * and of everything after a place where the structure is torn.
 */
function withoutEchoes(found: {
  walk: readonly Problem[];
  yaml: readonly Problem[];
  schema: readonly Problem[];
}) {
  const named = new Set(found.walk.map(lineOf));
  const firstError = firstOf(found.walk);
  const yaml = new Map<number, Problem>();
  const tab = firstOf(found.yaml.filter(isTab));
  for (const problem of found.yaml.toSorted(byPlace)) {
    // Who indents with tabs does so everywhere.
    if (isTab(problem) && startOf(problem) > tab) continue;
    const isEcho = consequences.has(problem.code) && (yaml.size > 0 || firstError < startOf(problem));
    const line = lineOf(problem);
    if (!isEcho && !named.has(line) && !yaml.has(line)) yaml.set(line, problem);
  }
  const torn = firstOf(found.yaml.filter(({ code }) => consequences.has(code)));
  const strange = firstOf([...yaml.values()].filter(({ code }) => code === 'yaml/bad-indent'));
  const schema = found.schema.filter(
    (problem) => !yaml.has(lineOf(problem)) && startOf(problem) < torn && !isTornAt(problem, strange),
  );
  const glued = firstOf([...yaml.values()].filter(({ code }) => code === 'yaml/missing-char'));
  const walk = found.walk.filter(
    (problem) =>
      (problem.code !== 'yaml/key' || startOf(problem) < tab) &&
      (problem.code !== 'yaml/bad-indent' || startOf(problem) < glued),
  );
  return [...walk, ...yaml.values(), ...schema].toSorted(byPlace);
}

/** Of a value that became another one by a line that is out of place, nothing is said. */
function isTornAt({ code, range }: Problem, offset: number): boolean {
  return code === 'schema/type' && range !== undefined && range.start < offset && offset < range.end;
}

function lineOf(problem: Problem): number {
  return problem.range?.line ?? 0;
}

function startOf(problem: Problem): number {
  return problem.range?.start ?? 0;
}

function firstOf(problems: readonly Problem[]): number {
  return problems.map(startOf).reduce((a, b) => Math.min(a, b), Infinity);
}

function isTab({ code }: Problem): boolean {
  return code === 'yaml/tab-as-indent';
}

/** An empty file is an empty map where a map is wanted. */
function emptyOf(shapes: readonly Shape[]): unknown {
  return shapes.some((shape) => shape.kind === 'object') ? {} : null;
}
