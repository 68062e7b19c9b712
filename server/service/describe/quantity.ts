import { spokenDuration } from '../../../core/run/format.ts';
import { Duration, parseDuration, PositiveDuration } from '../../../core/schema/duration.ts';
import { parseSize, Size } from '../../../core/schema/size.ts';
import type { Slot } from '../../../core/schema/slot.ts';
import { unwrapped } from '../../../core/schema/shape.ts';

/** A length of time or a size in words, where the schema wants one. */
export function describeQuantity({ schemas }: Slot, text: string): string | undefined {
  const kinds = schemas.map((schema) => unwrapped(schema) ?? schema);
  if (kinds.includes(Duration) || kinds.includes(PositiveDuration)) {
    const ms = parseDuration(text);
    return ms === undefined ? undefined : `${spokenDuration(ms, 'ended')} (${ms.toLocaleString('en')} ms)`;
  }
  if (!kinds.includes(Size)) return undefined;
  const bytes = parseSize(text);
  return bytes === undefined ? undefined : `${bytes.toLocaleString('en')} bytes`;
}
