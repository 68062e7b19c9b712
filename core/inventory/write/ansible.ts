import type { Value } from '../../schema/value.ts';
import { isTemplate, mark, markedText } from '../ansible/marks.ts';
import { indexInventory, type Inventory, type InventoryIndex, type InventoryNode } from '../model.ts';
import { isAnsible } from '../source.ts';
import { foldForDisplay } from '../../selection/nodeset.ts';
import { connectionVars, unsaidHops } from './ansibleConnection.ts';
import { isSecretName } from './secrets.ts';

type Listed = { hosts?: readonly string[]; children?: readonly string[] };

export type AnsibleOptions = {
  readonly secrets: 'masked' | 'shown';
  /** The whole inventory, where jump hosts are looked up. */
  readonly index: InventoryIndex;
};

/**
 * The inventory as `ansible-inventory --list` prints it: vars of groups are merged into those of hosts under `_meta`,
 * groups have hosts and children, empty ones are left out. How nodes are reached is among their vars. Vars that are
 * secrets are left out where they are not to be shown: Ansible would take a mask for a password.
 */
export function ansibleList(inventory: Inventory, options?: AnsibleOptions): Readonly<Record<string, Value>> {
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
  const index = options?.index ?? indexInventory(inventory);
  const isOfAnsible = ansibleNodes(inventory);
  const hostvars = inventory.nodes.flatMap((node): [string, Value][] => {
    const isAnsibles = isOfAnsible(node);
    const added = markAll(connectionVars(node, { index, isAnsibles }));
    const own = { ...node.vars, ...node.ansibleVars };
    const all = isAnsibles ? { ...own, ...added } : { ...added, ...own };
    const vars = options?.secrets === 'masked' ? withoutSecrets(all) : all;
    return Object.keys(vars).length === 0 ? [] : [[node.name, vars]];
  });
  return Object.fromEntries<Value>([
    ['_meta', { hostvars: Object.fromEntries(hostvars) }],
    ...lists
      .filter(([, list]) => Object.keys(list).length > 0)
      .map(([name, list]): [string, Value] => [name, plain(list)]),
  ]);
}

/** What `ansibleList` leaves out, for people. */
export function ansibleNotes(inventory: Inventory, { secrets, index }: AnsibleOptions): readonly string[] {
  const left = new Map<string, string[]>();
  const note = (why: string, name: string): void => {
    const names = left.get(why);
    if (names) names.push(name);
    else left.set(why, [name]);
  };
  for (const node of inventory.nodes) {
    for (const hop of unsaidHops(node, index))
      note(`The key or proxy command of jump host ${hop} is not in it: put it in your ssh_config`, node.name);
    if (secrets === 'shown') continue;
    for (const key of secretNames({ ...node.vars, ...node.ansibleVars }))
      note(`Left out: ${key} is a secret, see --show-secrets`, node.name);
  }
  return [...left].map(([why, names]) => `${why} (${foldForDisplay(names)})`);
}

function ansibleNodes({ sources }: Inventory): (node: InventoryNode) => boolean {
  const theirs = new Set(sources.filter(({ type }) => isAnsible(type)).map(({ id }) => id));
  return ({ sources: ids }) => ids.some((id) => theirs.has(id));
}

type Vars = Readonly<Record<string, Value>>;

/** Paths and names are no templates. */
function markAll(vars: Vars): Vars {
  return Object.fromEntries(
    Object.entries(vars).map(([key, value]): [string, Value] => [
      key,
      typeof value === 'string' && isTemplate(value) ? mark(value, '__ansible_unsafe') : value,
    ]),
  );
}

function withoutSecrets(vars: Vars): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(vars).flatMap(([key, value]): [string, Value][] =>
      isSecret(key, value) ? [] : [[key, withoutInner(value)]],
    ),
  );
}

function withoutInner(value: Value): Value {
  if (typeof value !== 'object' || value === null || markedText(value)) return value;
  return Array.isArray(value) ? value.map(withoutInner) : withoutSecrets(value);
}

/** What is encrypted is no secret as it stands. */
function isSecret(key: string, value: Value): boolean {
  if (value === null || typeof value === 'boolean') return false;
  return isSecretName(key) && markedText(value)?.as !== '__ansible_vault';
}

function secretNames(vars: Vars): string[] {
  return Object.entries(vars).flatMap(([key, value]) => {
    if (isSecret(key, value)) return [key];
    if (typeof value !== 'object' || value === null || markedText(value)) return [];
    const maps = Array.isArray(value) ? value : [value];
    const inner = maps.flatMap((each) =>
      typeof each === 'object' && each !== null && !Array.isArray(each) ? secretNames(each) : [],
    );
    return inner.map((name) => `${key}.${name}`);
  });
}

function listed(hosts: readonly string[], children: readonly string[]): Listed {
  return { ...(children.length > 0 && { children }), ...(hosts.length > 0 && { hosts }) };
}

function plain({ hosts, children }: Listed): Value {
  return { ...(children && { children: [...children] }), ...(hosts && { hosts: [...hosts] }) };
}
