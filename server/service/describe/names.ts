import type { InventoryIndex, InventoryNode } from '../../../core/inventory/model.ts';
import { groupsByNode } from '../../../core/inventory/model.ts';
import { foldNames } from '../../../core/selection/nodeset.ts';
import { plural } from '../../../core/run/format.ts';
import { code, plain } from '../markdown.ts';

/** Names that are written out below a folded set. */
const mostShown = 20;

/** Nodes by their folded name, with how many they are. */
export function describeSet(title: string, names: readonly string[]): string {
  if (names.length === 0) return `**${title}**: no nodes`;
  return `**${title}**: ${plural(names.length, 'node')}\n\n${code(foldNames(names))}`;
}

/** What an expression stands for, in the order of the inventory; the first names are written out. */
export function describeSelection(names: readonly string[]): string {
  const set = describeSet('Selection', names);
  if (names.length < 2) return set;
  const rest = names.length > mostShown ? ' …' : '';
  return `${set}\n\n${code(names.slice(0, mostShown).join(', '))}${rest}`;
}

export function describeGroup(name: string, index: InventoryIndex): string | undefined {
  return index.groups.has(name) ? describeSet(`Group ${plain(name)}`, index.members(name)) : undefined;
}

export function describeTag(name: string, index: InventoryIndex): string | undefined {
  const nodes = index.tags.get(name);
  return nodes && describeSet(`Tag ${plain(name)}`, nodes);
}

/** How a node is reached, its tags and groups. Passwords are never part of an inventory. */
export function describeNode(node: InventoryNode, index?: InventoryIndex): string {
  const { name, connection, tags, blocked } = node;
  const { transport, user, host, port, jump, cwd } = connection;
  const account = user === undefined ? host : `${user}@${host}`;
  const address = transport === 'local' ? `local, in ${cwd ?? '.'}` : `${transport} ${account}:${port}`;
  const via = jump.length === 0 ? '' : ` via ${jump.join(', ')}`;
  const groups = index ? (groupsByNode(index).get(name) ?? []) : [];
  return [
    `**Node ${plain(name)}**`,
    code(address + via),
    ...(tags.length === 0 ? [] : [`Tags: ${code(tags.join(', '))}`]),
    ...(groups.length === 0 ? [] : [`Groups: ${code(groups.join(', '))}`]),
    ...(blocked === undefined ? [] : [plain(blocked)]),
  ].join('\n\n');
}
