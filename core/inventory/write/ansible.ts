import type { Value } from '../../schema/value.ts';
import type { Inventory, InventoryNode } from '../model.ts';

type Listed = { hosts?: readonly string[]; children?: readonly string[] };

/**
 * The inventory as `ansible-inventory --list` prints it: vars of groups are merged into those of hosts under `_meta`,
 * groups have hosts and children, empty ones are left out.
 */
export function ansibleList(inventory: Inventory): Readonly<Record<string, Value>> {
  const inner = new Set(inventory.groups.flatMap(({ groups }) => groups));
  const top = inventory.groups.filter(
    ({ name, isTop }) => (!inner.has(name) || isTop) && name !== 'ungrouped',
  );
  const grouped = new Set(inventory.groups.flatMap(({ name, nodes }) => (name === 'ungrouped' ? [] : nodes)));
  const ungrouped = inventory.nodes.map(({ name }) => name).filter((name) => !grouped.has(name));
  const groups = inventory.groups
    .filter(({ name }) => name !== 'ungrouped')
    .map(({ name, nodes, groups: children }): [string, Listed] => [name, listed(nodes, children)]);
  const lists: [string, Listed][] = [
    ['all', { children: ['ungrouped', ...top.map(({ name }) => name)] }],
    ['ungrouped', listed(ungrouped, [])],
    ...groups,
  ];
  return Object.fromEntries<Value>([
    ['_meta', { hostvars: Object.fromEntries(inventory.nodes.flatMap(hostVars)) }],
    ...lists
      .filter(([, list]) => Object.keys(list).length > 0)
      .map(([name, list]): [string, Value] => [name, plain(list)]),
  ]);
}

function hostVars({ name, vars }: InventoryNode): [string, Value][] {
  return Object.keys(vars).length === 0 ? [] : [[name, vars]];
}

function listed(hosts: readonly string[], children: readonly string[]): Listed {
  return { ...(children.length > 0 && { children }), ...(hosts.length > 0 && { hosts }) };
}

function plain({ hosts, children }: Listed): Value {
  return { ...(children && { children: [...children] }), ...(hosts && { hosts: [...hosts] }) };
}
