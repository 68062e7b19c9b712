import type { Problem, TextPlace, TextRange } from '../../core/util/problem.ts';
import { byPlace } from '../../core/util/problem.ts';
import type { Lines } from '../../core/yaml/lines.ts';
import { linesOf } from '../../core/yaml/lines.ts';
import type { OffsetMap } from '../../core/yaml/offsetMap.ts';
import type { ParsedDocument } from '../../core/yaml/parseDocument.ts';
import { type ProblemsOf, repair } from '../../core/yaml/repair.ts';
import { isTear } from '../../core/yaml/torn.ts';

/** What is not to be trusted in a document that does not parse. */
export type Damage = {
  /** Entries in which something was mended or left out, as offsets. */
  readonly places: readonly TextPlace[];
  /** Whether all that was written was read, so that what is missing was never there. */
  readonly isWhole: boolean;
  /** Lines in which something was mended: places in them are not those of what was read. */
  readonly mended: readonly TextPlace[];
};

export const unharmed: Damage = { places: [], isWhole: true, mended: [] };

/** Whether something was mended in a place, or beside it on its lines. */
export function isMended({ start, end }: TextPlace, { mended }: Damage): boolean {
  return mended.some((change) => change.start <= end && change.end >= start);
}

type Reading = { readonly document: ParsedDocument<unknown>; readonly problems: readonly Problem[] };

/**
 * Reads a text, and one that does not parse as it is mended: its mistakes of form are those of the text itself, and of
 * what it means nothing is said in the entries that were mended.
 */
export function readRepaired<R extends Reading>(
  text: string,
  read: (text: string) => R,
  problemsOf?: ProblemsOf,
): R & { readonly damage: Damage } {
  const first = read(text);
  const form = first.problems.filter(isOfForm);
  if (form.length === 0) return { ...first, damage: unharmed };
  const repaired = repair(text, problemsOf);
  if (!repaired) return { ...first, damage: damageOf(text, form) };
  const second = read(repaired.text);
  const lines = linesOf(text);
  const own = form.filter(isOfText(form));
  const told = [...own, ...moreMistakes(own, repaired.mistakes, lines)];
  const damage: Damage = {
    places: repaired.damaged,
    isWhole: repaired.isWhole,
    mended: repaired.changes.map((change) => wholeLines(text, change)),
  };
  const meant = second.problems
    .filter((problem) => !isTear(problem))
    .map((problem) => mapped(problem, repaired, lines))
    .filter(({ range }) => !told.some((each) => each.range?.start === range?.start))
    .filter((problem) => isTrusted(problem, damage));
  return {
    ...second,
    document: mappedDocument(second.document, repaired, lines),
    problems: [...told, ...meant].toSorted(byPlace),
    damage,
  };
}

function wholeLines(text: string, { start, end }: TextPlace): TextPlace {
  const after = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: after === -1 ? text.length : after };
}

/** Behind the first tear the repaired text says what else is wrong; before it, and of merges, the text itself. */
function isOfText(form: readonly Problem[]): (problem: Problem) => boolean {
  const startOf = ({ range }: Problem): number => range?.start ?? 0;
  const tear = form.filter(isTear).reduce((first, problem) => Math.min(first, startOf(problem)), Infinity);
  return (problem) => startOf(problem) <= tear || problem.code === 'yaml/conflict-marker';
}

/** Mistakes of form that an earlier one had hidden: each on a line of its own. */
function moreMistakes(
  form: readonly Problem[],
  mistakes: readonly Problem[],
  lines: Lines,
): readonly Problem[] {
  const taken = new Set(form.map(({ range }) => range?.line));
  return mistakes.flatMap(({ range, ...problem }): Problem[] => {
    const place = range && lines.range(range.start, range.end);
    if (!place || taken.has(place.line)) return [];
    taken.add(place.line);
    return [{ ...problem, range: place }];
  });
}

/** Whether what is said of a place can be so: not inside what was mended, and nothing of what may only be left out. */
export function isTrusted(
  {
    code,
    message = '',
    range,
  }: { readonly code: string; readonly message?: string; readonly range?: TextPlace | undefined },
  { places, isWhole }: Damage,
): boolean {
  if (!isWhole && (absences.test(code) || message.endsWith('found nothing.'))) return false;
  const start = range?.start ?? 0;
  return !places.some((place) => place.start <= start && start < place.end);
}

/** What is said because something is not there. */
const absences =
  /\/(?:unknown|missing|no-|undefined|unused|empty|ungrouped|too-early|step-too-early)|^SELECTION_/;

/** Merges that are not finished have been taken out; everything else of YAML's own means that something is torn. */
function isOfForm({ code, severity }: Problem): boolean {
  return code.startsWith('yaml/') && severity === 'error';
}

/** Behind a tear nothing is certain. */
function damageOf(text: string, form: readonly Problem[]): Damage {
  const tears = form.filter(isTear).map(({ range }) => range?.start ?? 0);
  const single = form.filter((problem) => !isTear(problem)).flatMap(({ range }) => range ?? []);
  if (tears.length === 0) return { places: single, isWhole: true, mended: [] };
  return {
    places: [...single, { start: Math.min(...tears), end: text.length + 1 }],
    isWhole: false,
    mended: [],
  };
}

function mapped(problem: Problem, map: OffsetMap, lines: Lines): Problem {
  return {
    ...problem,
    ...(problem.range && { range: mappedRange(problem.range, map, lines) }),
    ...(problem.related && {
      related: problem.related.map((place) => ({ ...place, range: mappedRange(place.range, map, lines) })),
    }),
  };
}

function mappedRange({ start, end }: TextPlace, map: OffsetMap, lines: Lines): TextRange {
  return lines.range(map.toOriginal(start), map.toOriginal(end));
}

function mappedDocument<T>(document: ParsedDocument<T>, map: OffsetMap, lines: Lines): ParsedDocument<T> {
  return {
    ...document,
    rangeOf: (path, part) => mappedRange(document.rangeOf(path, part), map, lines),
    pathAt: (offset) => document.pathAt(map.toChanged(offset)),
  };
}
