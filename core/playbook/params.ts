import { checkRegex, compileRegex } from '../selection/regex.ts';
import { type Param, quantityOf } from '../schema/param.ts';
import { isMap, type Value } from '../schema/value.ts';
import { noParam } from './noParam.ts';
import { valueOfText } from './paramText.ts';
import { isEqual, textOf } from './template/values.ts';
import { kindOf } from '../util/kindOf.ts';

export type Checked =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

/**
 * A value for a parameter in the form that its type says: durations in seconds, sizes in bytes. Texts of a command line
 * are read as what the type wants.
 */
export function checkParam(param: Param, given: Value, from: 'file' | 'command line' = 'file'): Checked {
  const value = from === 'command line' && typeof given === 'string' ? valueOfText(param, given) : given;
  if (
    from === 'command line' &&
    typeof value === 'string' &&
    (param.type === 'array' || param.type === 'object')
  )
    return { ok: false, message: asJson[param.type] };
  const shaped = shapeOf(param, value);
  if (!shaped.ok) return shaped;
  const misfit = misfitOf(param, shaped.value);
  return misfit === undefined ? shaped : { ok: false, message: misfit };
}

const asJson = {
  array: 'It is a list, written as JSON: ["a", "b"].',
  object: 'It is a map, written as JSON: {"a": 1}.',
};

function shapeOf({ type = 'string', values = [] }: Param, value: Value): Checked {
  const wrong = (wanted: string): Checked => ({
    ok: false,
    message: `It is ${wanted}, and this is ${kindOf(value)}.`,
  });
  switch (type) {
    case 'string':
    case 'path':
      return typeof value === 'string' ? { ok: true, value } : wrong('text');
    case 'integer':
      return Number.isSafeInteger(value) ? { ok: true, value } : wrong('a whole number');
    case 'number':
      return typeof value === 'number' ? { ok: true, value } : wrong('a number');
    case 'boolean':
      return typeof value === 'boolean' ? { ok: true, value } : wrong('true or false');
    case 'array':
      return Array.isArray(value) ? { ok: true, value } : wrong('a list');
    case 'object':
      return isMap(value) ? { ok: true, value } : wrong('a map');
    case 'enum': {
      const found = values.find((each) => isEqual(each, value) || textOf(each) === textOf(value));
      const message = `It is one of ${values.map((each) => JSON.stringify(each)).join(', ')}.`;
      return found === undefined ? { ok: false, message } : { ok: true, value: found };
    }
    case 'duration':
    case 'size': {
      const quantity = typeof value === 'number' ? value : quantityOf(type, textOf(value) ?? '');
      if (quantity === undefined)
        return wrong(type === 'size' ? 'a size such as 10M' : 'a length of time such as 30s');
      return {
        ok: true,
        value: type === 'duration' && typeof value !== 'number' ? quantity / 1000 : quantity,
      };
    }
  }
}

/** Why a value of the right kind is none for the parameter. */
function misfitOf({ pattern, min, max, sensitive }: Param, value: Value): string | undefined {
  const amount = typeof value === 'number' ? value : amountOf(value);
  const what = typeof value === 'number' ? '' : ' long';
  if (min !== undefined && amount !== undefined && amount < min) return `It is at least ${min}${what}.`;
  if (max !== undefined && amount !== undefined && amount > max) return `It is at most ${max}${what}.`;
  if (pattern === undefined || typeof value !== 'string') return undefined;
  const refusal = checkRegex(pattern);
  if (refusal) return `Its pattern can not be used. ${refusal.message}`;
  if (compileRegex(pattern)(value)) return undefined;
  const shown = sensitive ? 'what was given' : JSON.stringify(value);
  return `It has to match ${pattern}, and ${shown} does not.`;
}

function amountOf(value: Value): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}
export type ParamMistake = { readonly name: string; readonly message: string };

/** The values of all parameters from what was given; defaults where nothing was. */
export function fillParams(
  params: ReadonlyMap<string, Param>,
  given: ReadonlyMap<string, Value>,
  from: 'file' | 'command line',
): { readonly values: Record<string, Value>; readonly mistakes: readonly ParamMistake[] } {
  const values = Object.create(null) as Record<string, Value>;
  const mistakes: ParamMistake[] = [];
  const meant = new Set<string>();
  for (const name of given.keys()) {
    if (params.has(name)) continue;
    const { message, near } = noParam(name, [...params.keys()], given.keys());
    mistakes.push({ name, message });
    if (near !== undefined) meant.add(near);
  }
  for (const [name, param] of params) {
    const value = given.get(name);
    if (value === undefined && param.default === undefined) {
      if (param.required && !meant.has(name))
        mistakes.push({ name, message: `The parameter "${name}" is required, and was not given.` });
      else values[name] = null;
      continue;
    }
    const checked = checkParam(param, value ?? param.default ?? null, value === undefined ? 'file' : from);
    if (checked.ok) values[name] = checked.value;
    else mistakes.push({ name, message: `${name}: ${checked.message}` });
  }
  return { values, mistakes };
}
