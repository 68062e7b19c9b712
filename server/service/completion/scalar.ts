import { CompletionItemKind } from 'vscode-languageserver-types';
import { wordsOf } from '../../../core/schema/slot.ts';
import type { Shape } from '../../../core/schema/shape.ts';
import { outlineOf } from '../cursor/outline.ts';
import { expandNames } from '../../../core/selection/nodeset.ts';
import { fileOffers } from './files.ts';
import type { Offer } from './item.ts';
import { escaped } from './keySnippet.ts';
import type { Offered, Place } from './place.ts';
import { groupOffers, nodeNameOffers, selectionOffers } from './selection.ts';

type TextShape = Extract<Shape, { kind: 'text' }>;

/** Names that a range of nodes is spelled out into. */
const mostExpanded = 10_000;

/** What a text, a word of an enum or a name may be. */
export function scalarOffers(place: Place): Offered {
  const { text, offset, cursor, slot } = place;
  const words = wordsOf(slot).map((word): Offer => ({ label: word, kind: CompletionItemKind.EnumMember }));
  const end = offset + (/^[\w./-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
  if (words.length > 0) return { start: cursor.start, end, offers: words };
  const texts = slot.shapes.filter((shape) => shape.kind === 'text');
  for (const shape of texts) {
    const offered = textOffers(place, shape);
    if (offered && offered.offers.length > 0) return offered;
  }
  return { start: cursor.start, end, offers: [] };
}

function textOffers(place: Place, shape: TextShape): Offered | undefined {
  const { text, offset, cursor, document } = place;
  const end = offset + (/^[\w./-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
  const whole = (offers: readonly Offer[]): Offered => ({ start: cursor.start, end, offers });
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
      return document.languageId === 'muster-playbook' ? whole(environment(place)) : undefined;
  }
  return undefined;
}

/** A node is not reached through itself. */
function otherNodes({ cursor, workspace }: Place): readonly Offer[] {
  const [top, own] = cursor.path;
  const { offers } = nodeNameOffers('', workspace.inventory);
  if (top !== 'nodes' || typeof own !== 'string') return offers;
  const names = new Set(expandNames(own, mostExpanded).names);
  return offers.filter(({ about }) => about?.type !== 'node' || !names.has(about.name));
}

/** A group is not inside of itself, nor is one that it is inside of. */
function otherGroups({ cursor, workspace: { inventory } }: Place): readonly Offer[] {
  const [top, own] = cursor.path;
  const offers = groupOffers(inventory, '');
  if (top !== 'groups' || typeof own !== 'string') return offers;
  const outer = new Set([own]);
  // What is added while the set is walked is walked too.
  for (const inner of outer)
    for (const { name, groups } of inventory.groups.values()) if (groups.includes(inner)) outer.add(name);
  return offers.filter(({ about }) => about?.type !== 'group' || !outer.has(about.name));
}

function selectionAt({ text, offset, cursor, document, workspace }: Place): Offered {
  const written = text.slice(cursor.start, offset);
  const read = document.languageId === 'muster-inventory' ? nodeNameOffers : selectionOffers;
  const { start, offers } = read(written, workspace.inventory);
  const isQuoted = /["']/.test(text[cursor.start - 1] ?? '');
  const isFlow = cursor.where === 'flow-value' && !isQuoted;
  const rest = /^(?:[^\s,&^!()"'[\]{}]|\[[\d,/-]*\])*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  const end = offset + rest.length;
  const isLast = cursor.where === 'value' && /^[ \t]*(?:\r?\n|#|$)/.test(text.slice(end, end + 1000));
  return {
    start: cursor.start + start,
    end,
    // In flow style brackets are those of a list.
    offers: (isFlow ? offers.filter(({ label }) => !/[[\]{}]/.test(label)) : offers).map((offer) =>
      start === 0 && !isQuoted ? asScalar(offer, isLast) : offer,
    ),
  };
}

/** At the beginning of a plain text YAML reads something else into `@`: it is quoted, or written another way. */
function asScalar(offer: Offer, isLast: boolean): Offer {
  const { label } = offer;
  if (!label.startsWith('@')) return offer;
  // More can be written before the closing quote.
  const quote = label.includes('"') ? "'" : '"';
  if (isLast) return { ...offer, text: `${quote}${escaped(label)}$0${quote}`, isSnippet: true };
  return { ...offer, text: `group:${label.slice(1)}` };
}

function tagNames({ workspace }: Place): readonly Offer[] {
  return [...workspace.inventory.tags].map(([label, nodes]) => ({
    label,
    kind: CompletionItemKind.Keyword,
    detail: nodes.length === 1 ? '1 node' : `${nodes.length} nodes`,
    about: { type: 'tag', name: label },
  }));
}

/** Ids of the steps beside this one, or of handlers. */
function stepIds({ text, cursor }: Place, refers: 'step' | 'handler'): readonly Offer[] {
  const outline = outlineOf(text);
  const key = cursor.path.findLastIndex((step) => step === 'needs' || step === 'notify');
  const list = refers === 'handler' ? ['handlers'] : cursor.path.slice(0, Math.max(0, key - 1));
  const own = cursor.path[key - 1];
  const nameOf = (at: string | number | undefined): string =>
    outline.find(
      ({ path }) => path.length === list.length + 2 && path.at(-1) === 'name' && path.at(-2) === at,
    )?.value ?? '';
  return outline.flatMap(({ path, value }): Offer[] => {
    const isHere = path.length === list.length + 2 && list.every((step, at) => path[at] === step);
    if (!isHere || path.at(-1) !== 'id' || value === '' || (refers === 'step' && path.at(-2) === own))
      return [];
    const detail = nameOf(path.at(-2)) || refers;
    return [{ label: value, kind: CompletionItemKind.Reference, detail }];
  });
}

/** Variables of the environment that the file uses already, where a secret is read from one. */
function environment({ text, cursor }: Place): readonly Offer[] {
  if (cursor.path[0] !== 'secrets' || cursor.path.at(-1) !== 'env') return [];
  const names = outlineOf(text).flatMap(({ path, value }) =>
    path[0] === 'secrets' && path.at(-1) === 'env' && value !== ''
      ? [value]
      : path.at(-2) === 'env'
        ? [String(path.at(-1))]
        : [],
  );
  return [...new Set(names)].map((label) => ({ label, kind: CompletionItemKind.Constant }));
}

/** Services of the configurations, for requests. */
function serviceNames({ workspace }: Place): readonly Offer[] {
  const names = workspace.symbols.names('service');
  return names.map((label) => ({ label, kind: CompletionItemKind.Reference, detail: 'service' }));
}
