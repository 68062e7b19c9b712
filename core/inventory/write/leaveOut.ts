import { addTo } from '../../util/lists.ts';
import { addressProblem, hostProblem, nameProblem, parseAddress, userProblem } from '../address.ts';
import { findCycles } from '../cycles.ts';
import type { Inventory, InventoryGroup, InventoryNode } from '../model.ts';
import { foldForDisplay } from '../../selection/nodeset.ts';

/**
 * The part of an inventory that an `inventory.yaml` can hold, and notes on the rest. Blocked nodes are left out: written
 * down anew, nothing would block them.
 */
export function leaveOut(inventory: Inventory): { kept: Inventory; notes: readonly string[] } {
  const notes = new Map<string, string[]>();
  const note = (why: string, name: string): void => addTo(notes, why, name);
  const nodes = inventory.nodes.filter((node) => {
    const why = refusalOf(node);
    if (why !== undefined) note(`Left out: ${why}`, node.name);
    else
      for (const key of unwritable(node))
        note(`Left out: ${key} is only for sources that have it.`, node.name);
    return why === undefined;
  });
  const circular = groupsInCircles(inventory.groups);
  const groups = inventory.groups.filter(({ name }) => {
    const why = nameProblem(name)?.message ?? (circular.has(name) ? 'It contains itself.' : undefined);
    if (why !== undefined) note(`Left out: group ${name}: ${why}`, '');
    return why === undefined;
  });
  const known = { nodes: new Set(nodes.map(namesOf)), groups: new Set(groups.map(namesOf)) };
  return {
    kept: { ...inventory, nodes: nodes.map(plainNode), groups: groups.map((group) => shrink(group, known)) },
    notes: [...notes].map(([why, names]) => {
      const named = names.filter((name) => name !== '');
      return named.length === 0 ? why : `${why} (${foldForDisplay(named)})`;
    }),
  };
}

function groupsInCircles(groups: readonly InventoryGroup[]): ReadonlySet<string> {
  const inner = new Map(groups.map((group) => [group.name, group.groups]));
  return new Set(findCycles(inner.keys(), (name) => inner.get(name) ?? []).flat());
}

function namesOf({ name }: { readonly name: string }): string {
  return name;
}

function refusalOf({ name, blocked, connection }: InventoryNode): string | undefined {
  const { transport, host, user, port, jump } = connection;
  const finding = nameProblem(name) ?? (user === undefined ? undefined : userProblem(user));
  if (blocked !== undefined || finding) return blocked ?? finding?.message;
  const isSsh = transport === 'ssh' || transport === 'openssh';
  if (!isSsh && transport !== 'local') return `transport ${transport} is of another plugin.`;
  if (port < 1 || port > 65_535) return `${port} is not a port.`;
  if (isSsh || host !== name) {
    const bad = hostProblem(host) ?? (isSsh ? addressProblem(host) : undefined);
    if (bad) return bad.message;
  }
  const hop = jump.find((each) => !isAddress(each));
  return hop === undefined ? undefined : `the jump host ${hop} is no address.`;
}

function isAddress(hop: string): boolean {
  const address = parseAddress(hop);
  return 'host' in address && !addressProblem(address.host);
}

/** Settings of a node that the schema of `inventory.yaml` does not have. */
function unwritable({ connection }: InventoryNode): string[] {
  return ['strictHostKeyChecking'].filter((key) => key in connection);
}

/** A tag or var without a name, or one that no selection can say, is left out as well. */
function plainNode(node: InventoryNode): InventoryNode {
  return {
    ...node,
    tags: node.tags.filter((tag) => !nameProblem(tag)),
    vars: namedValues(node.vars),
    facts: namedValues(node.facts),
  };
}

function shrink(
  group: InventoryGroup,
  known: { nodes: ReadonlySet<string>; groups: ReadonlySet<string> },
): InventoryGroup {
  return {
    ...group,
    nodes: group.nodes.filter((name) => known.nodes.has(name)),
    groups: group.groups.filter((name) => known.groups.has(name)),
    tags: group.tags.filter((tag) => !nameProblem(tag)),
    vars: namedValues(group.vars),
  };
}

function namedValues<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  if (!Object.hasOwn(values, '')) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== ''));
}
