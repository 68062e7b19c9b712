import { CompletionItemKind } from 'vscode-languageserver-types';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { foldToTerms, needsQuotes } from '../../../core/selection/nodeset.ts';
import type { Offer } from './item.ts';
import { knownFacts } from './knownFacts.ts';

/** What may stand at the end of the written part of a selection, and where the operand begins that it replaces. */
export type SelectionOffers = { readonly start: number; readonly offers: readonly Offer[] };

/** More nodes than this are not folded while somebody types. */
const mostFolded = 5000;

/** Nodes, groups, tags and ranges, also behind `!`, `&`, `,` and in parentheses; with how many nodes each stands for. */
export function selectionOffers(written: string, index: InventoryIndex): SelectionOffers {
  const [operand = ''] = /(?:[^\s,&^!()"[\]]|"[^"]*"?|\[[^\]]*\]?)*$/.exec(written) ?? [];
  const start = written.length - operand.length;
  const [prefix = ''] = /^(?:@|(?:node|group|tag|source|file|fact):)/.exec(operand) ?? [];
  if (prefix === 'fact:') return { start, offers: factOffers(index) };
  // At the beginning of a plain scalar YAML reads something else into `@`.
  const groupPrefix = prefix === 'group:' || start === 0 ? 'group:' : '@';
  if (prefix === 'tag:') return { start, offers: tagOffers(index) };
  if (prefix === 'group:' || prefix === '@') return { start, offers: groupOffers(index, prefix) };
  if (prefix === 'node:') return { start, offers: nodeOffers(index, prefix) };
  if (prefix === 'source:') return { start, offers: sourceOffers(index) };
  if (prefix !== '') return { start, offers: [] };
  const all: Offer = { label: 'all', kind: CompletionItemKind.Keyword, detail: 'every node but local ones' };
  const offers = [
    ...groupOffers(index, groupPrefix),
    ...tagOffers(index),
    all,
    ...rangeOffers(index),
    ...nodeOffers(index, ''),
  ];
  return { start, offers };
}

/** Names of nodes and ranges of them, where a list of nodes stands: without groups, tags and operators. */
export function nodeNameOffers(written: string, index: InventoryIndex): SelectionOffers {
  const [operand = ''] = /(?:[^\s,"[\]]|"[^"]*"?|\[[^\]]*\]?)*$/.exec(written) ?? [];
  const start = written.length - operand.length;
  const before = new Set(written.slice(0, start).split(/[\s,]+/));
  const offers = [...rangeOffers(index), ...nodeOffers(index, '')];
  return { start, offers: offers.filter(({ label }) => !before.has(label)) };
}

function groupOffers(index: InventoryIndex, prefix: string): readonly Offer[] {
  return [...index.groups.keys()].map((name) => ({
    label: prefix + named(name),
    kind: CompletionItemKind.Module,
    ...counted('group', index.members(name).length),
    filter: prefix + name,
    about: { type: 'group', name },
  }));
}

function tagOffers(index: InventoryIndex): readonly Offer[] {
  return [...index.tags].map(([name, members]) => ({
    label: `tag:${named(name)}`,
    kind: CompletionItemKind.Keyword,
    ...counted('tag', members.length),
    about: { type: 'tag', name },
  }));
}

/** Facts with the values that nodes have of them. */
function factOffers(index: InventoryIndex): readonly Offer[] {
  return [...knownFacts(index)].flatMap(([name, values]) => [
    { label: `fact:${name}`, kind: CompletionItemKind.Field, detail: 'fact: nodes that have it' },
    ...[...values].map(([value, count]) => ({
      label: `fact:${name}=${/^[\w.+-]+$/.test(value) ? value : JSON.stringify(value)}`,
      kind: CompletionItemKind.Field,
      ...counted('fact', count),
    })),
  ]);
}

/** Nodes by their names, with the tags by which people tell them apart. */
export function nodeOffers({ inventory }: InventoryIndex, prefix: string): readonly Offer[] {
  return inventory.nodes.map(({ name, tags }) => ({
    label: prefix + named(name),
    kind: CompletionItemKind.Value,
    detail: tags.length === 0 ? 'node' : `node, tagged ${tags.join(', ')}`,
    about: { type: 'node', name },
  }));
}

function rangeOffers({ inventory }: InventoryIndex): readonly Offer[] {
  if (inventory.nodes.length > mostFolded) return [];
  return foldToTerms(inventory.nodes.map(({ name }) => name))
    .filter(({ names }) => names.length > 1)
    .map(({ text, names }) => ({
      label: text,
      kind: CompletionItemKind.EnumMember,
      ...counted('range', names.length),
    }));
}

function sourceOffers({ inventory }: InventoryIndex): readonly Offer[] {
  const types = [...new Set(inventory.sources.map(({ type }) => type))];
  return types.map((type) => ({
    label: `source:${type}`,
    kind: CompletionItemKind.Module,
    detail: 'source',
  }));
}

function counted(what: string, count: number): Pick<Offer, 'detail' | 'note'> {
  return { detail: `${what}, ${countText(count)}`, note: countText(count) };
}

function named(name: string): string {
  return needsQuotes(name) ? JSON.stringify(name) : name;
}

export function countText(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`;
}
