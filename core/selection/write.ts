import type { InventoryIndex } from '../inventory/model.ts';
import { foldNames, foldToTerms } from './nodeset.ts';

/**
 * The shortest honest expression for nodes that were ticked: their names, folded, nothing that could mean more nodes
 * tomorrow. It resolves to exactly these nodes. Names that a group has too are written `node:web`.
 */
export function selectionOf(names: readonly string[], index: InventoryIndex): string {
  const bare = names.filter((name) => !index.groups.has(name));
  const shared = names.filter((name) => index.groups.has(name));
  const terms = foldToTerms(shared).map((term) => `node:${term.text}`);
  return [foldNames(bare), ...terms].filter((text) => text !== '').join(',');
}
