import { noParam } from '../../playbook/noParam.ts';
import { checkParam } from '../../playbook/params.ts';
import type { FileWants } from '../../protocol/newRunFiles.ts';
import type { Param } from '../../schema/param.ts';
import type { Value } from '../../schema/value.ts';
import type { FieldProblem } from './form.ts';

/** What a task or playbook wants to be given, as its file says. */
export type Wanted = Pick<FileWants, 'params' | 'secrets'>;

export type GivenParams = {
  /** What may be written down, as it was given. */
  readonly params: Readonly<Record<string, Value>>;
  /** What travels beside the plan. */
  readonly secrets: Readonly<Record<string, string>>;
};

/** Sorts what was given into what may be written down and what may not, and says what is wrong with it. */
export function readParams(
  wanted: Wanted,
  given: GivenParams,
): GivenParams & { readonly problems: readonly FieldProblem[] } {
  const declared = new Map(wanted.params.map((param) => [param.name, param]));
  const asked = new Set(wanted.secrets.map(({ name }) => name));
  const open = new Map(Object.entries(given.params));
  const hidden = new Map(Object.entries(given.secrets));
  const problems: FieldProblem[] = [];
  const complain = (param: string, message: string): void =>
    void problems.push({ field: 'params', param, message });
  for (const [name, param] of declared) {
    const message = param.sensitive ? problemOf(param, hidden.get(name)) : problemOf(param, open.get(name));
    if (message !== undefined) complain(name, message);
  }
  for (const name of asked) if (!hidden.get(name)) complain(name, 'It has to be given.');
  for (const name of open.keys()) {
    if (!declared.has(name)) complain(name, noParam(name, [...declared.keys()], open.keys()).message);
    else if (declared.get(name)?.sensitive)
      complain(name, 'It is secret, and is not written here: it has a field of its own.');
  }
  const isHidden = ([name]: readonly [string, unknown]): boolean =>
    asked.has(name) || declared.get(name)?.sensitive === true;
  return {
    params: Object.fromEntries([...open].filter((entry) => !isHidden(entry))),
    secrets: Object.fromEntries([...hidden].filter((entry) => isHidden(entry) && entry[1] !== '')),
    problems,
  };
}

function problemOf(param: Param, value: Value | undefined): string | undefined {
  if (value === undefined || (param.sensitive && value === ''))
    return param.required && param.default === undefined ? 'It has to be given.' : undefined;
  const checked = checkParam(param, value, 'command line');
  return checked.ok ? undefined : checked.message;
}
