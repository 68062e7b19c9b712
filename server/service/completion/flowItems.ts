import { keysOf } from './keys.ts';
import type { Offer } from './item.ts';
import type { Place } from './place.ts';

/** Maps in flow style with their first key, where one may stand: `steps: [|]`, `{ wait: | }`. */
export function flowItemOffers({ cursor, slot, document }: Place): readonly Offer[] {
  if (cursor.where !== 'flow-value') return [];
  const style = { isFlow: true, column: cursor.column };
  const about = { language: document.languageId, path: cursor.path, hasColon: false };
  return keysOf(slot.shapes, { present: new Set(), style, about }).map((offer) => ({
    ...offer,
    text: `{ ${offer.text ?? offer.label} }`,
  }));
}
