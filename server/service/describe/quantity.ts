import { spokenDuration } from '../../../core/run/format.ts';
import { Duration, parseDuration, PositiveDuration } from '../../../core/schema/duration.ts';
import { parseSize, Size } from '../../../core/schema/size.ts';
import type { Slot } from '../../../core/schema/slot.ts';
import { unwrapped } from '../../../core/schema/shape.ts';

/** A length of time or a size in words, where the schema wants one. */
export function describeQuantity(slot: Slot, text: string): string | undefined {
  const kinds = kindsOf(slot);
  if (isDuration(slot)) {
    const ms = parseDuration(text);
    return ms === undefined ? undefined : `${spokenDuration(ms, 'ended')} (${ms.toLocaleString('en')} ms)`;
  }
  if (!kinds.includes(Size)) return undefined;
  const bytes = parseSize(text);
  return bytes === undefined ? undefined : `${bytes.toLocaleString('en')} bytes`;
}

/** Whether a length of time or a size stands there. */
export function isQuantity(slot: Slot): boolean {
  return isDuration(slot) || kindsOf(slot).includes(Size);
}

function isDuration(slot: Slot): boolean {
  const kinds = kindsOf(slot);
  return kinds.includes(Duration) || kinds.includes(PositiveDuration);
}

function kindsOf({ schemas }: Slot): Slot['schemas'] {
  return schemas.map((schema) => unwrapped(schema) ?? schema);
}
