import type { Param } from '../schema/param.ts';
import type { Value } from '../schema/value.ts';
import { noParam } from './noParam.ts';
import { checkParam } from './params.ts';

/** A value in `with` that a file would not take, or one that it misses. */
export type GivenMistake = {
  readonly name: string;
  /** Whether it is not given at all. */
  readonly isMissing: boolean;
  readonly message: string;
  /** The parameter that was likely meant by the name. */
  readonly near?: string;
};

/** What can be told of `with` before anything runs: names, what is missing, and values without templates. */
export function givenMistakes(
  params: ReadonlyMap<string, Param>,
  given: ReadonlyMap<string, Value>,
): readonly GivenMistake[] {
  const wrong = [...given].flatMap(([name, value]): GivenMistake[] => {
    const param = params.get(name);
    if (!param) return [{ name, isMissing: false, ...noParam(name, [...params.keys()], given.keys()) }];
    const message = refusalOf(name, param, value);
    return message === undefined ? [] : [{ name, isMissing: false, message }];
  });
  const meant = new Set(wrong.map(({ near }) => near));
  const missing = [...params].flatMap(([name, { required }]): GivenMistake[] => {
    if (!required || given.get(name) !== undefined || meant.has(name)) return [];
    return [{ name, isMissing: true, message: `The parameter "${name}" is required, and was not given.` }];
  });
  return [...wrong, ...missing];
}

function refusalOf(name: string, param: Param, value: Value): string | undefined {
  if (typeof value === 'string' && value.includes('{{')) return undefined;
  if (param.sensitive)
    return `The parameter "${name}" is secret. Write {{ secret.NAME }} or another parameter.`;
  const checked = checkParam(param, value, 'command line');
  return checked.ok ? undefined : `${name}: ${checked.message}`;
}
