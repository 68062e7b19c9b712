import type { InventoryIndex } from '../inventory/model.ts';
import { foldNames } from './nodeset.ts';
import { parseSelection } from './parse.ts';
import { resolveSelection } from './resolve.ts';
import { selectionOf } from './write.ts';

/** A box in a list of what can be selected. */
export type TickBox = { readonly kind: 'node' | 'group' | 'tag'; readonly name: string };

/**
 * Writes a tick into an expression: `, web14` for one that was set, ` !web13` for one that was taken away. What is
 * written means what was ticked and nothing else; where the short form would not, the nodes are written by name.
 */
export function withTick(
  expression: string,
  { box, on }: { readonly box: TickBox; readonly on: boolean },
  index: InventoryIndex,
): string {
  const before = namesOf(expression, index);
  const members = new Set(membersOf(box, index));
  const wanted = on ? new Set([...before, ...members]) : new Set(before.filter((name) => !members.has(name)));
  const inOrder = index.inventory.nodes.map(({ name }) => name).filter((name) => wanted.has(name));
  const short = candidates(expression.trim(), { box, on }, index).find((text) =>
    isSame(namesOf(text, index), wanted),
  );
  return short ?? selectionOf(inOrder, index);
}

/** Nodes that an expression stands for; none where it is not right. */
function namesOf(expression: string, index: InventoryIndex): readonly string[] {
  if (expression.trim() === '') return [];
  const { selection } = parseSelection(expression);
  return selection ? resolveSelection(selection, index).nodes : [];
}

function membersOf({ kind, name }: TickBox, index: InventoryIndex): readonly string[] {
  if (kind === 'group') return index.members(name);
  return kind === 'tag' ? (index.tags.get(name) ?? []) : [name];
}

function candidates(
  expression: string,
  { box, on }: { box: TickBox; on: boolean },
  index: InventoryIndex,
): readonly string[] {
  const term = termOf(box, index);
  const without = ` !${term}`;
  if (on) {
    const undone = expression.endsWith(without) ? [expression.slice(0, -without.length)] : [];
    return [...undone, expression === '' ? term : `${expression}, ${term}`];
  }
  const parts = expression.split(', ');
  const left = parts.filter((part) => part !== term);
  return [...(left.length < parts.length ? [left.join(', ')] : []), `${expression}${without}`];
}

function termOf({ kind, name }: TickBox, index: InventoryIndex): string {
  if (kind === 'group') return `@${foldNames([name])}`;
  return kind === 'tag' ? `tag:${foldNames([name])}` : selectionOf([name], index);
}

function isSame(names: readonly string[], wanted: ReadonlySet<string>): boolean {
  return names.length === wanted.size && names.every((name) => wanted.has(name));
}
