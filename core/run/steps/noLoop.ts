import type { Value } from '../../schema/value.ts';
import { kindOf } from '../../util/kindOf.ts';

/** What is wrong with a loop, as it is written, of which came something that has no items. */
export function noLoop(loop: Value, came: Value): string {
  const hint =
    typeof came === 'string'
      ? "Write [a, b], or '{{ … | lines }}' for the lines of a text."
      : 'Write [a, b], or a template of a list.';
  const where = typeof loop === 'string' ? ` In: ${loop}` : '';
  return `The loop is no list, but ${kindOf(came)}. ${hint}${where}`;
}
