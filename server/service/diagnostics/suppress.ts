import type { TextPlace } from '../../../core/util/problem.ts';

/**
 * A comment that says which diagnostics are not shown: behind something, those of its line; on a line of its own, those
 * of the next; `muster-ignore-file`, those of the file. Without a code, all of them.
 */
export type Suppression = {
  /** The line that it is about, from 0; undefined: all of them. */
  readonly line: number | undefined;
  /** Codes, or families such as `vars`; none: everything. */
  readonly codes: readonly (TextPlace & { readonly code: string })[];
};

const comment = /(^|\s)#\s*muster-ignore(-file)?(?![\w-])[ \t]*:?[ \t]*([\w/, \t-]*)/;

/** Every such comment of a text, also those in the scripts of block scalars, where they are comments too. */
export function suppressionsIn(text: string): readonly Suppression[] {
  if (!text.includes('muster-ignore')) return [];
  const found: Suppression[] = [];
  let start = 0;
  for (const [at, line] of text.split('\n').entries()) {
    const match = comment.exec(line);
    if (match) {
      const [whole, before = '', file, written = ''] = match;
      const from = start + match.index + whole.length - written.length;
      const isAlone = line.slice(0, match.index + before.length).trim() === '';
      const next = isAlone ? at + 1 : at;
      found.push({ line: file === undefined ? next : undefined, codes: codesIn(written, from) });
    }
    start += line.length + 1;
  }
  return found;
}

function codesIn(written: string, from: number): Suppression['codes'] {
  return [...written.matchAll(/[\w/-]+/g)].map((match) => ({
    code: match[0],
    start: from + match.index,
    end: from + match.index + match[0].length,
  }));
}

/** Whether a comment says that this is not shown. */
export function isSuppressed(
  { code, line }: { readonly code: string; readonly line: number },
  suppressions: readonly Suppression[],
): boolean {
  return suppressions.some(
    (each) =>
      (each.line === undefined || each.line === line) &&
      (each.codes.length === 0 || each.codes.some((one) => isOf(code, one.code))),
  );
}

/** Whether a code is the one that is named, or of the family that is named. */
export function isOf(code: string, named: string): boolean {
  return code === named || code.startsWith(`${named}/`);
}
