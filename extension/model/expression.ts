import type { InventoryIndex } from '../../core/inventory/model.ts';
import { foldNames } from '../../core/selection/nodeset.ts';
import { selectionOf } from '../../core/selection/write.ts';
import { isWhole, type TickedSet } from './ticks.ts';
import type { TreeElement } from './tree.ts';

/**
 * The expression a person would write for rows of the tree: `@frontend,tag:prod,web01`. A group of which a filter shows
 * a part is written as the nodes of that part.
 */
export function expressionOfElements(elements: readonly TreeElement[], index: InventoryIndex): string {
  const terms = elements.flatMap((element) => {
    const set = setOf(element);
    if (set && isWhole(set, element.nodes, index)) return [setTerm(set)];
    return element.nodes.length > 0 ? [selectionOf(element.nodes, index)] : [];
  });
  return [...new Set(terms)].join(',');
}

/** Leaves nodes out of an expression, as New run writes it: `@frontend !web13`. */
export function leaveOut(expression: string, names: readonly string[], index: InventoryIndex): string {
  if (names.length === 0) return expression;
  const out = selectionOf(names, index);
  return `${expression} !${out.includes(',') ? `(${out})` : out}`;
}

/** All nodes below these rows, without repeats, in inventory order. */
export function nodesOf(elements: readonly TreeElement[], { inventory }: InventoryIndex): readonly string[] {
  const wanted = new Set(elements.flatMap((element) => element.nodes));
  return inventory.nodes.filter((node) => wanted.has(node.name)).map((node) => node.name);
}

/** The group or tag that a row stands for. */
export function setOf({ kind, label }: TreeElement): TickedSet | undefined {
  return kind === 'group' || kind === 'tag' ? { kind, name: label } : undefined;
}

/** `@frontend`, `tag:prod`. */
export function setTerm({ kind, name }: TickedSet): string {
  return kind === 'group' ? `@${quoted(name)}` : `tag:${quoted(name)}`;
}

function quoted(name: string): string {
  return foldNames([name]);
}
