import type { Problem } from '../util/problem.ts';

/** Mistakes of form that are about one entry, with everything around it as it was written. */
const single: ReadonlySet<string> = new Set([
  'yaml/alias',
  'yaml/alias-depth',
  'yaml/conflict-marker',
  'yaml/key',
  'yaml/merge-key',
  'yaml/quote-this',
  'yaml/repeated-key',
  'yaml/second-document',
  'yaml/unknown-alias',
  'yaml/unknown-tag',
]);

/** Whether a text is of another form than was meant, so that nobody knows what stands where from this place on. */
export function isTear({ code, severity }: Problem): boolean {
  return code.startsWith('yaml/') && severity === 'error' && !single.has(code);
}
