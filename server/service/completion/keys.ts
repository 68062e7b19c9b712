import { CompletionItemKind } from 'vscode-languageserver-types';
import { docsOfKeys, type KeyDocs } from '../../../core/schema/docs.ts';
import type { Shape } from '../../../core/schema/shape.ts';
import { shapesOf } from '../../../core/schema/shape.ts';
import { kindText } from '../../../core/schema/slot.ts';
import { kindsWith, stepKinds } from '../../../core/schema/step.ts';
import type { Offer } from './item.ts';
import { type KeyStyle, keySnippet } from './keySnippet.ts';
import type { Place } from './place.ts';
import { stepSnippets } from './stepSnippets.ts';

/** Keys of a map that are not there yet: those that it needs first, then what a step does, then the rest. */
export function keyOffers({ text, offset, cursor, slot, document }: Place): readonly Offer[] {
  const isFlow = cursor.where === 'flow-key';
  if (!isFlow && cursor.where !== 'line' && cursor.where !== 'dash') return [];
  if (cursor.where === 'line' && cursor.isAmongItems && cursor.path.length > 0) return [];
  const hasColon = /^[\w.-]*\s*:/.test(text.slice(offset, offset + 200));
  const style = { isFlow, column: cursor.column };
  const { languageId: language } = document;
  const about = { language, path: cursor.path, hasColon };
  const keys = keysOf(slot.shapes, { present: cursor.present, style, about });
  const isWhole = isStep(slot.shapes) && cursor.present.size === 0 && !isFlow && !hasColon;
  return isWhole ? [...keys, ...wholeSteps(cursor.column, '')] : keys;
}

/** New items of a list, where a line has no dash yet. */
export function itemOffers({ cursor, slot, document }: Place): readonly Offer[] {
  if (cursor.where !== 'line' || (cursor.present.size > 0 && !cursor.isAmongItems)) return [];
  const items = slot.shapes.flatMap((shape) => (shape.kind === 'list' ? shapesOf(shape.item) : []));
  const style = { isFlow: false, column: cursor.column + 2 };
  const about = { language: document.languageId, path: [...cursor.path, 0], hasColon: false };
  const keys = keysOf(items, { present: new Set(), style, about }).map((offer) => ({
    ...offer,
    text: `- ${offer.text ?? offer.label}`,
  }));
  return isStep(items) ? [...keys, ...wholeSteps(cursor.column + 2, '- ')] : keys;
}

/** Whole steps stand below what a step can do, and above its options. */
const wholeStepRank = 100;
const optionRank = 200;

type KeysAt = {
  readonly present: ReadonlySet<string>;
  readonly style: KeyStyle;
  readonly about: {
    readonly language: string;
    readonly path: readonly (string | number)[];
    readonly hasColon: boolean;
  };
};

function keysOf(shapes: readonly Shape[], { present, style, about }: KeysAt): readonly Offer[] {
  const isOfStep = isStep(shapes);
  const action = isOfStep ? stepKinds.find((kind) => present.has(kind)) : undefined;
  const fits = ({ key }: KeyDocs): boolean => {
    if (present.has(key)) return false;
    if (!isOfStep) return true;
    if (stepKinds.some((kind) => kind === key)) return action === undefined;
    return action === undefined || (kindsWith(key)?.includes(action) ?? true);
  };
  const docs = unique(docsOfKeys(shapes).filter(fits));
  const rankOf = ({ key, isRequired }: KeyDocs): number => {
    if (isRequired) return 0;
    return isOfStep && stepKinds.some((kind) => kind === key) ? 1 : 2;
  };
  return docs
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((each, at): Offer => {
      const rank = rankOf(each) === 2 && isOfStep ? optionRank + at : at;
      const detail = `${each.title} · ${kindText(each.schema)}${each.isRequired ? ' · required' : ''}`;
      return {
        label: each.key,
        kind: CompletionItemKind.Property,
        detail,
        ...(about.hasColon ? {} : { text: keySnippet(each, style), isSnippet: true }),
        rank,
        about: { type: 'key', language: about.language, path: about.path, key: each.key },
      };
    });
}

function isStep(shapes: readonly Shape[]): boolean {
  return shapes.some((shape) => shape.kind === 'object' && stepKinds.every((kind) => kind in shape.keys));
}

/** Steps that people write often; `column` is that of their keys. */
function wholeSteps(column: number, prefix: string): readonly Offer[] {
  return stepSnippets.map(({ label, detail, lines }, at) => ({
    label,
    kind: CompletionItemKind.Snippet,
    detail,
    text: prefix + lines.join(`\n${' '.repeat(column)}`),
    isSnippet: true,
    rank: wholeStepRank + at,
  }));
}

function unique(docs: readonly KeyDocs[]): readonly KeyDocs[] {
  const seen = new Set<string>();
  return docs.filter(({ key }) => !seen.has(key) && seen.add(key));
}
