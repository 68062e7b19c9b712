import * as z from 'zod';

export type Value = z.core.util.JSONType;

/** Data as JSON knows it, of any shape: the value of a variable. */
export const Value = z.custom<Value>(
  isJson,
  'Only text, finite numbers, true, false, null, lists and maps are kept.',
);

/** Whether a value has others by name. */
export function isMap(value: Value | undefined): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isPlainObject(value) && Object.values(value).every(isJson);
}

/** Not the bytes of a `!!binary`, a date or whatever else YAML can make. */
function isPlainObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof Map);
}
