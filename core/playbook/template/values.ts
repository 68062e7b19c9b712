import { isMap, type Value } from '../../schema/value.ts';
import { canonicalJson } from '../../util/json.ts';

/** UTF-16 units that a text of a template may come to. */
export const longestText = 1_048_576;

/** How a value reads inside a text; maps and lists are JSON. Nothing for null, which is no text. */
export function textOf(value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether a condition holds: false, 0, null and whatever is empty do not. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

export function isEqual(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b));
}

/** Before (negative), equal (0) or after; undefined where two values have no order. */
export function compare(a: Value, b: Value): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether a text, a list or the keys of a map have a value in them; undefined where nothing can be in it. */
export function contains(whole: Value, part: Value): boolean | undefined {
  if (Array.isArray(whole)) return whole.some((item) => isEqual(item, part));
  if (typeof part !== 'string') return undefined;
  if (typeof whole === 'string') return whole.includes(part);
  return isMap(whole) ? Object.hasOwn(whole, part) : undefined;
}
