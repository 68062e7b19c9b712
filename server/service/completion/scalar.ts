import { CompletionItemKind } from 'vscode-languageserver-types';
import { itemSlot, wordsOf } from '../../../core/schema/slot.ts';
import type { Shape } from '../../../core/schema/shape.ts';
import { itemsBeside } from '../cursor/beside.ts';
import { outlineOf } from '../cursor/outline.ts';
import { defaultOf, exampleOffers } from './examples.ts';
import { fileOffers } from './files.ts';
import type { Offer } from './item.ts';
import { otherGroups, otherNodes } from './others.ts';
import { paramsOf } from './params.ts';
import type { Offered, Place } from './place.ts';
import { nodeNameOffers, selectionOffers } from './selection.ts';
import { stepIds } from './stepIds.ts';
import { asScalars, quotedSnippet } from './written.ts';

type TextShape = Extract<Shape, { kind: 'text' }>;

/** What a text, a word of an enum or a name may be; without what stands beside it in its list already. */
export function scalarOffers(place: Place): Offered {
  const { text, offset, cursor } = place;
  const end = offset + (/^[\w./%-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
  const whole = (offers: readonly Offer[]): Offered => ({ start: cursor.start, end, offers });
  const words = [...wordOffers(place), ...givenWords(place)];
  const found = words.length > 0 ? whole(words) : textsAt(place, whole);
  const beside = itemsBeside(text, offset, cursor);
  return { ...found, offers: found.offers.filter(({ label, about }) => !isBeside(beside, label, about)) };
}

function isBeside(beside: ReadonlySet<string>, label: string, about: Offer['about']): boolean {
  return beside.has(label) || (about !== undefined && 'name' in about && beside.has(about.name));
}

/** Further items of a list of words or names, where a line has no dash yet; undefined where no list is meant. */
export function scalarItemOffers(place: Place): Offered | undefined {
  const { cursor, slot } = place;
  if (!slot.shapes.some(({ kind }) => kind === 'list')) return undefined;
  const inner = { ...cursor, path: [...cursor.path, 0], where: 'dash' as const };
  const { start, end, offers } = scalarOffers({ ...place, slot: itemSlot(slot), cursor: inner });
  if (start !== cursor.start) return { start, end, offers: [] };
  const items = offers.map((offer) => ({ ...offer, text: `- ${offer.text ?? offer.label}` }));
  return { start, end, offers: items };
}

function wordOffers({ slot }: Place): readonly Offer[] {
  const usual = defaultOf(slot);
  return wordsOf(slot).map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    ...(label === usual && { detail: 'default' }),
  }));
}

/** What a parameter of a task or playbook may be. */
function givenWords(place: Place): readonly Offer[] {
  const { path } = place.cursor;
  if (path.at(-2) !== 'with') return [];
  const param = paramsOf(place, path.slice(0, -2)).find(({ name }) => name === path.at(-1));
  return (param?.words ?? []).map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    detail: param?.detail ?? '',
  }));
}

function textsAt(place: Place, whole: (offers: readonly Offer[]) => Offered): Offered {
  for (const shape of place.slot.shapes) {
    const offered = shape.kind === 'text' ? textOffers(place, shape, whole) : undefined;
    if (offered && offered.offers.length > 0) {
      return { ...offered, offers: asScalars(place, offered.start, offered.offers) };
    }
  }
  return whole(exampleOffers(place.slot));
}

function textOffers(
  place: Place,
  shape: TextShape,
  whole: (offers: readonly Offer[]) => Offered,
): Offered | undefined {
  if (shape.role === 'selection') return selectionAt(place);
  switch (shape.refers) {
    case 'node':
      return whole(otherNodes(place));
    case 'group':
      return whole(otherGroups(place));
    case 'tag':
      return whole(tagNames(place));
    case 'step':
    case 'handler':
      return whole(stepIds(place, shape.refers));
    case 'task':
    case 'playbook':
    case 'file':
      return fileOffers(place, shape.refers);
    case 'service':
      return whole(serviceNames(place));
    case 'param':
    case 'var':
    case 'secret':
    case undefined:
      return whole(environment(place));
  }
  return undefined;
}

function selectionAt(place: Place): Offered {
  const { text, offset, cursor, document, workspace } = place;
  const written = text.slice(cursor.start, offset);
  const read = document.languageId === 'muster-inventory' ? nodeNameOffers : selectionOffers;
  const { start, offers } = read(written, workspace.inventory);
  const isQuoted = /["']/.test(text[cursor.start - 1] ?? '');
  const isInFlow = cursor.where === 'flow-value' && !isQuoted;
  const rest = /^(?:[^\s,&^!()"'[\]{}]|\[[\d,/-]*\])*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  const end = offset + rest.length;
  const isLast = cursor.where === 'value' && /^[ \t]*(?:\r?\n|#|$)/.test(text.slice(end, end + 1000));
  return {
    start: cursor.start + start,
    end,
    // In flow style brackets are those of a list: a range at the beginning is put into quotes, and fits nowhere else.
    offers: (isInFlow && start > 0 ? offers.filter(({ label }) => !/[[\]{}]/.test(label)) : offers).map(
      (offer) => (start === 0 && !isQuoted ? asScalar(offer, isLast) : offer),
    ),
  };
}

/** At the beginning of a plain text YAML reads something else into `@`: it is quoted, or written another way. */
function asScalar(offer: Offer, isLast: boolean): Offer {
  const { label } = offer;
  if (!label.startsWith('@')) return offer;
  if (isLast) return { ...offer, text: quotedSnippet(label), isSnippet: true };
  return { ...offer, text: `group:${label.slice(1)}` };
}

/** Tags that nodes have already, those of most nodes first. */
function tagNames({ workspace }: Place): readonly Offer[] {
  return [...workspace.inventory.tags]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([label, nodes]) => ({
      label,
      kind: CompletionItemKind.Keyword,
      detail: `tag, ${nodes.length === 1 ? '1 node' : `${nodes.length} nodes`}`,
      about: { type: 'tag', name: label },
    }));
}

/** Variables of the environment, where a secret is read from one: by its own name, then those that the file has. */
function environment({ text, cursor }: Place): readonly Offer[] {
  const { path } = cursor;
  if (path[0] !== 'secrets' || path.at(-1) !== 'env') return [];
  const own = String(path.at(-2)).toUpperCase();
  const names = outlineOf(text).flatMap(({ path: each, value }) => {
    if (each[0] === 'secrets') return each.at(-1) === 'env' && value !== '' ? [value] : [];
    return each.at(-2) === 'env' ? [String(each.at(-1))] : [];
  });
  return [...new Set([own, ...names])].map((label) => ({
    label,
    kind: CompletionItemKind.Constant,
    detail: 'variable of the environment',
  }));
}

/** Services of the configurations, for requests. */
function serviceNames({ workspace }: Place): readonly Offer[] {
  const names = workspace.symbols.names('service');
  return names.map((label) => ({ label, kind: CompletionItemKind.Reference, detail: 'service' }));
}
