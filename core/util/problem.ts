import * as z from 'zod';

/** Part of a text, in UTF-16 units from 0; `end` is exclusive. */
export type TextPlace = { readonly start: number; readonly end: number };

/** A place in a text. Offsets are UTF-16 units from 0, `end` is exclusive; line and column count from 1. */
export const TextRange = z.object({
  start: z.number(),
  end: z.number(),
  line: z.number(),
  column: z.number(),
});
export type TextRange = z.infer<typeof TextRange>;

/** Another place that a problem is about: the first of two keys, each step of a circle. */
export const RelatedPlace = z.object({ message: z.string(), file: z.string().optional(), range: TextRange });
export type RelatedPlace = z.infer<typeof RelatedPlace>;

/** Something wrong in a text that a person wrote. The message says what is so; `fix` says what to do. */
export const Problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  fix: z.string().optional(),
  /** For whoever mends it, where the text alone does not say: the key or name that is meant, or the kinds that a value may have. */
  name: z.string().optional(),
  /** The word that was meant by it. */
  meant: z.string().optional(),
  expected: z.array(z.string()).readonly().optional(),
  file: z.string().optional(),
  range: TextRange.optional(),
  related: z.array(RelatedPlace).optional(),
});
export type Problem = z.infer<typeof Problem>;

type Judged = { readonly severity: string };

export function hasErrors(problems: readonly Judged[]): boolean {
  return problems.some(isError);
}

/** Without warnings and remarks, in the same order. */
export function errorsIn<T extends Judged>(problems: readonly T[]): readonly T[] {
  return problems.filter(isError);
}

function isError({ severity }: Judged): boolean {
  return severity === 'error';
}

/** Order of problems of one text: from its beginning to its end. */
export function byPlace(a: Problem, b: Problem): number {
  return (a.range?.start ?? 0) - (b.range?.start ?? 0);
}

/** What is so, and what to do. */
export function sentenceOf({
  message,
  fix,
}: {
  readonly message: string;
  readonly fix?: string | undefined;
}): string {
  return fix === undefined || fix === '' ? message : `${message} ${fix}`;
}

/** The sentence that offers a word instead of the one that is there. */
export function didYouMean(word: string): string {
  return `Did you mean "${word}"?`;
}

/** What to do, and the word that was meant where that is known. */
export type Advice = { readonly fix: string; readonly meant?: string };

/** What to do about a word that is not known: to take the one that was meant, else something other. */
export function meantOr(meant: string | undefined, otherwise: string): Advice {
  return meant === undefined ? { fix: otherwise } : { fix: didYouMean(meant), meant };
}

/** One line for a person: `inventory.yaml:14:3 Unknown key "hsot". Did you mean "host"?` */
export function formatProblem(problem: Problem): string {
  const place = problem.range ? `:${problem.range.line}:${problem.range.column}` : '';
  const column = problem.range ? `Column ${problem.range.column}: ` : '';
  const where = problem.file ? `${problem.file}${place} ` : column;
  return `${where}${sentenceOf(problem)}`;
}
