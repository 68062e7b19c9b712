import { InventoryFile } from '../schema/inventory.ts';
import type { Problem } from '../util/problem.ts';
import type { ParsedDocument } from '../yaml/parseDocument.ts';
import { parseDocument } from '../yaml/parseDocument.ts';
import { connectionOf } from './connection.ts';
import type { ResolvePath } from './connection.ts';
import { finderOf } from './finder.ts';
import type { GroupDraft } from './groups.ts';
import { readGroups } from './groups.ts';
import type { Inherited } from './inherit.ts';
import { inherit } from './inherit.ts';
import type { Inventory, InventoryGroup, InventoryNode } from './model.ts';
import { checkNodes } from './nodeChecks.ts';
import type { NodeDraft } from './nodes.ts';
import { readNodes } from './nodes.ts';

/** Name of the file for messages, and how its relative paths become absolute. */
export type InventoryContext = { readonly source: string; readonly resolvePath: ResolvePath };

/**
 * Reads an `inventory.yaml`: ranges expanded, defaults and group vars merged in. Never throws on what people write.
 * With a problem of severity error the nodes are for display only: nothing may run on them.
 */
export function parseInventory(text: string, context: InventoryContext): Inventory {
  return readInventory(text, context).inventory;
}

/** The same, together with the document it was read from. */
export function readInventory(
  text: string,
  context: InventoryContext,
): { inventory: Inventory; document: ParsedDocument<InventoryFile> } {
  const document = parseDocument(text, InventoryFile);
  const file = document.value ?? {};
  const finder = finderOf(text, document);
  const drafts = readNodes(file, finder);
  const read = readGroups(file, { nodes: drafts.nodes, finder });
  // Where part of the file was lost, what is missing may well be there.
  const isWhole = !document.problems.some(({ code }) => code.startsWith('yaml/'));
  const inherited = inherit(read.groups);
  const make = nodeMaker(file, inherited, context);
  const nodes = [...drafts.nodes.values()].map(make);
  const found = [
    ...document.problems,
    ...drafts.problems,
    ...(isWhole ? read.problems : read.problems.filter(({ code }) => !code.startsWith('inventory/unknown'))),
    ...checkNodes(nodes, { drafts: drafts.nodes, finder }),
  ];
  const problems = found.map((problem) => ({ ...problem, file: context.source })).toSorted(byPlace);
  const groups = [...read.groups.values()].map((group) => groupOf(group, context.source));
  return { inventory: { nodes, groups, problems }, document };
}

function nodeMaker(
  file: InventoryFile,
  inherited: ReadonlyMap<string, Inherited>,
  { source, resolvePath }: InventoryContext,
): (draft: NodeDraft) => InventoryNode {
  const defaults = file.defaults ?? {};
  return (draft) => {
    const from = inherited.get(draft.name);
    return {
      name: draft.name,
      tags: [...new Set([...(draft.settings.tags ?? []), ...(from?.tags ?? [])])],
      vars: Object.fromEntries([...(from?.vars ?? []), ...(draft.settings.vars ?? [])]),
      connection: connectionOf(draft, defaults, resolvePath),
      origin: { source, range: draft.range },
    };
  };
}

function groupOf(group: GroupDraft, source: string): InventoryGroup {
  const vars = Object.fromEntries(group.settings.vars ?? []);
  const { name, range } = group;
  return { name, nodes: [...group.nodes], groups: [...group.groups], vars, origin: { source, range } };
}

function byPlace(a: Problem, b: Problem): number {
  return (a.range?.start ?? 0) - (b.range?.start ?? 0);
}
