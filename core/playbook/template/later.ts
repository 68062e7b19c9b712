import { isMap, type Value } from '../../schema/value.ts';

/** Why a value is not there before something runs: it comes of steps, or it is secret. */
export type Later = 'unknown' | 'hidden';

/** Stands for a value that is known only when it runs. It is told apart by what it is, not by what is in it. */
export const unknownValue: Value = Object.freeze({});
/** Stands for a secret where its value has no business. */
export const hiddenValue: Value = Object.freeze({});
/** What is shown for it. */
export const stars = '********';

/** Whether a value, or one inside of it, is not there yet. */
export function laterOf(value: Value): Later | undefined {
  if (value === unknownValue) return 'unknown';
  if (value === hiddenValue) return 'hidden';
  const inside = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
  const found = new Set(inside.map(laterOf));
  return found.has('unknown') ? 'unknown' : found.has('hidden') ? 'hidden' : undefined;
}

/** What stands for it. */
export function valueOfLater(later: Later): Value {
  return later === 'hidden' ? hiddenValue : unknownValue;
}
