import { refuse, type Result } from '../../util/errors.ts';
import { patternProblem } from '../gather/patternProblem.ts';

/** Where a line has what is looked for, in UTF-16 units; undefined where it has not. */
export type Matcher = (line: string) => { readonly from: number; readonly length: number } | undefined;

type Wanted = {
  readonly text: string;
  readonly matchCase?: boolean | undefined;
  readonly isPattern?: boolean | undefined;
};

/** Refused where a pattern is none, or could take for ever on some lines. */
export function createMatcher({ text, matchCase, isPattern }: Wanted): Result<Matcher> {
  const problem = isPattern ? patternProblem(text) : undefined;
  if (problem !== undefined) return refuse('USAGE', problem);
  const source = isPattern ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const expression = new RegExp(source, matchCase ? 'u' : 'iu');
  const find: Matcher = (line) => {
    const found = expression.exec(line);
    return found ? { from: found.index, length: found[0].length } : undefined;
  };
  return { ok: true, value: find };
}
