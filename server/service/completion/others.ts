import { expandNames } from '../../../core/selection/nodeset.ts';
import { addTo } from '../../../core/util/lists.ts';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import type { Offer } from './item.ts';
import type { Place } from './place.ts';
import { countText, nodeOffers } from './selection.ts';

/** Names that a range of nodes is spelled out into. */
const mostExpanded = 10_000;

/** A node is not reached through itself, nor through one that is reached through it. */
export function otherNodes({ cursor, workspace: { inventory } }: Place): readonly Offer[] {
  const [top, own] = cursor.path;
  const offers = nodeOffers(inventory, '');
  if (top !== 'nodes' || typeof own !== 'string') return offers;
  const behind = behindOf(expandNames(own, mostExpanded).names, inventory);
  return offers.filter(({ about }) => about?.type !== 'node' || !behind.has(about.name));
}

/** These nodes, and all that are reached through them. */
function behindOf(names: readonly string[], { inventory }: InventoryIndex): ReadonlySet<string> {
  const through = new Map<string, string[]>();
  for (const { name, connection } of inventory.nodes)
    for (const hop of connection.jump) addTo(through, hop, name);
  const behind = new Set(names);
  // What is added while the set is walked is walked too.
  for (const hop of behind) for (const name of through.get(hop) ?? []) behind.add(name);
  return behind;
}

/** A group is not inside of itself, nor is one that it is inside of. */
export function otherGroups({ cursor, workspace: { inventory } }: Place): readonly Offer[] {
  const [top, own] = cursor.path;
  const outer = new Set(top === 'groups' && typeof own === 'string' ? [own] : []);
  for (const inner of outer)
    for (const { name, groups } of inventory.groups.values()) if (groups.includes(inner)) outer.add(name);
  return [...inventory.groups.keys()]
    .filter((name) => !outer.has(name))
    .map((name) => ({
      label: name,
      kind: CompletionItemKind.Module,
      detail: `group, ${countText(inventory.members(name).length)}`,
      about: { type: 'group', name },
    }));
}
