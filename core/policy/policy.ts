import * as z from 'zod';
import type { PolicyFile, PolicyRule } from '../schema/policy.ts';
import { PolicyFile as schema } from '../schema/policy.ts';
import { errorsIn, hasErrors, type Problem, sentenceOf } from '../util/problem.ts';
import { parseDocument } from '../yaml/parseDocument.ts';
import { formatPlace, type Reason } from './verdict.ts';

/** Whose file it is. Every file can only make things stricter than the others leave them. */
export const PolicyLevel = z.enum(['machine', 'user', 'workspace']);
export type PolicyLevel = z.infer<typeof PolicyLevel>;

export type Place = NonNullable<Reason['place']>;

/** A policy file that was read, with the places of what it says. */
export type Policy = {
  readonly level: PolicyLevel;
  readonly file: string;
  readonly settings: Omit<PolicyFile, 'rules'>;
  readonly rules: readonly (PolicyRule & { readonly place: Place })[];
  /** Where a key at the top was written. */
  placeOf(key: keyof PolicyFile): Place;
};

/** A person's freeze, beside those of files. */
export type Freeze = {
  readonly reason: string;
  /** Milliseconds since the epoch; without it, until it is ended. */
  readonly until?: number | undefined;
  readonly by?: string;
};

/** Everything that rules come from. What could not be read denies. */
export type Policies = {
  readonly policies: readonly Policy[];
  readonly broken: readonly Reason[];
  readonly freeze?: Freeze | undefined;
};

/** Reads a `policy.yaml`. With a problem of severity error there is no policy: nothing may be guessed. */
export function readPolicy(
  text: string,
  { file, level }: { file: string; level: PolicyLevel },
): { policy?: Policy; problems: readonly Problem[] } {
  const document = parseDocument(text, schema);
  const problems = document.problems.map((problem) => ({ ...problem, file }));
  if (!document.value || hasErrors(problems)) return { problems };
  const { rules = [], ...settings } = document.value;
  const policy: Policy = {
    level,
    file,
    settings,
    rules: rules.map((rule, at) => ({
      ...rule,
      place: { file, range: document.rangeOf(['rules', at], 'value') },
    })),
    placeOf: (key) => ({ file, range: document.rangeOf([key], 'key') }),
  };
  return { policy, problems };
}

/** What a file with errors comes to: nothing starts until it is mended. */
export function brokenReason(file: string, problems: readonly Problem[]): Reason {
  const [first] = errorsIn(problems);
  const place = { file, ...(first?.range && { range: first.range }) };
  const what = first === undefined ? 'It can not be read.' : sentenceOf(first);
  return {
    verdict: 'deny',
    message: `The policy file has an error, and nothing starts until it is mended. ${formatPlace(place)}: ${what}`,
    place,
  };
}
