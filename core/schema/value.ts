import * as z from 'zod';

export type Value = z.core.util.JSONType;

/** Data as JSON knows it, of any shape: the value of a variable. */
export const Value = z.custom<Value>(
  isJson,
  'Only text, finite numbers, true, false, null, lists and maps are kept.',
);

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && Object.values(value).every(isJson);
}
