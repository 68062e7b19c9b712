import { textOfValue, valueOfText } from '../../core/playbook/paramText.ts';
import type { NamedParam } from '../../core/protocol/newRunFiles.ts';
import type { FieldProblem, RunForm } from '../../core/run/form/form.ts';
import type { NewRunModel } from './model.ts';
import { canonicalJson } from '../../core/util/json.ts';
import type { Drafts } from './drafts.ts';
import { readJson, type Span } from '../../core/util/readJson.ts';

export type Params = RunForm['params'];
type Value = Params[string];

/** The values that may be kept, and those of parameters that the file says are secret. */
export function bySecrecy({ form, checked }: Pick<NewRunModel, 'form' | 'checked'>): {
  readonly open: Params;
  readonly hidden: readonly (readonly [string, Value])[];
} {
  const secret = new Set(checked?.wants?.params.flatMap(({ name, sensitive }) => (sensitive ? [name] : [])));
  const all = Object.entries(form.params);
  return {
    open: Object.fromEntries(all.filter(([name]) => !secret.has(name))),
    hidden: all.filter(([name]) => secret.has(name)),
  };
}

/** The text of a field: what was typed, as long as that is the value; else the value, as the other view has it. */
export function fieldText(param: NamedParam, params: Params, { fields }: Drafts): string {
  const value = params[param.name];
  if (value === undefined) return '';
  const draft = fields[param.name];
  return draft !== undefined && isSame(valueOfText(param, draft), value) ? draft : textOfValue(value);
}

/** The values with what was typed into a field; an empty field gives nothing. */
export function withText(params: Params, param: NamedParam, text: string): Params {
  return withValue(params, param.name, text === '' ? undefined : valueOfText(param, text));
}

export function withValue(params: Params, name: string, value: Value | undefined): Params {
  const others = Object.entries(params).filter(([each]) => each !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}

/** The text of the JSON: what was typed, as long as that is all values or no JSON yet; else the values. */
export function jsonText(params: Params, { json }: Drafts): string {
  const typed = json === '' ? undefined : paramsIn(json);
  if (typed && (!typed.ok || isSame(typed.params, params))) return json;
  return JSON.stringify(params, null, 2);
}

/** Something wrong in the JSON, and where. */
export type JsonMistake = { readonly message: string; readonly at: Span };

export type ParamsIn =
  | { readonly ok: true; readonly params: Params; readonly keys: ReadonlyMap<string, Span> }
  | { readonly ok: false; readonly mistake: JsonMistake };

/** The values that a JSON text gives, or why it gives none. */
export function paramsIn(text: string): ParamsIn {
  const read = readJson(text);
  if (!read.ok) return { ok: false, mistake: read };
  const { value, keys } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return {
      ok: false,
      mistake: { message: 'It has to be a map: {"name": "value"}.', at: { start: 0, end: 0 } },
    };
  return { ok: true, params: value as Params, keys };
}

/** What is wrong with the JSON as it is shown: its form, else what the host says of each value, at its name. */
export function jsonMistakes(text: string, problems: readonly FieldProblem[]): readonly JsonMistake[] {
  const typed = paramsIn(text);
  if (!typed.ok) return [typed.mistake];
  return problems.flatMap(({ field, param, message }) => {
    const at = param === undefined ? undefined : typed.keys.get(param);
    return field === 'params' && at ? [{ message: `${param}: ${message}`, at }] : [];
  });
}

/** Line of a place, from 1. */
export function lineOf(text: string, { start }: Span): number {
  return text.slice(0, start).split('\n').length;
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
