import { nearest } from '../util/nearest.ts';
import { didYouMean } from '../util/problem.ts';

/** A name that no parameter has. */
export type NoParam = {
  readonly message: string;
  /** The parameter that is likely meant: it is not given itself. */
  readonly near?: string;
};

/** What is said of a name that none of the declared parameters has, beside the names that are given. */
export function noParam(name: string, declared: readonly string[], given: Iterable<string>): NoParam {
  const taken = new Set(given);
  const near = nearest(
    name,
    declared.filter((each) => !taken.has(each)),
  );
  const said = `There is no parameter "${name}".`;
  if (near !== undefined) return { message: `${said} ${didYouMean(near)}`, near };
  return {
    message: `${said} ${declared.length > 0 ? `There are: ${declared.join(', ')}.` : 'There are none.'}`,
  };
}
