import { CompletionItemKind } from 'vscode-languageserver-types';
import { docsOf } from '../../../core/schema/docs.ts';
import { type Slot, takesNumber } from '../../../core/schema/slot.ts';
import { isQuantity } from '../describe/quantity.ts';
import type { Offer } from './item.ts';

/** What a number, a quantity or the like is where nobody says, and what it may look like. */
export function exampleOffers(slot: Slot): readonly Offer[] {
  const isMeasured = isQuantity(slot) || takesNumber(slot);
  const usual = isMeasured ? defaultOf(slot) : undefined;
  const shown = slot.schemas
    .flatMap((schema) => docsOf('', schema).examples)
    .flatMap(wordsOfExample)
    .filter((word) => isMeasured || hasForm(word));
  const offers: readonly (readonly [label: string, detail: string])[] = [
    ...(usual === undefined ? [] : [[usual, 'default'] as const]),
    ...shown.filter((each) => each !== usual).map((each) => [each, 'example'] as const),
  ];
  return offers.map(([label, detail]) => ({ label, detail, kind: CompletionItemKind.Value }));
}

/** The default that the docs of a key name, where it is one word. */
export function defaultOf({ schemas }: Slot): string | undefined {
  for (const schema of schemas) {
    const found = /Default: (?:`([^`\s]+)`|(\d[\w%]*)\b)/.exec(docsOf('', schema).description);
    if (found) return found[1] ?? found[2];
  }
  return undefined;
}

/** Modes of files, rates and files of a person: what one looks up, unlike names, which are one's own. */
function hasForm(word: string): boolean {
  return /^(?:0[0-7]{3}|\d+\/[smh]|~\/\S+)$/.test(word);
}

function wordsOfExample(example: unknown): readonly string[] {
  if (Array.isArray(example)) return [];
  return (typeof example === 'string' && !/[\s{]/.test(example)) || typeof example === 'number'
    ? [String(example)]
    : [];
}
