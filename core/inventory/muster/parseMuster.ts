import { InventoryFile } from '../../schema/inventory.ts';
import { byPlace } from '../../util/problem.ts';
import type { ReadData } from '../../yaml/readData.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import { parseDocument } from '../../yaml/parseDocument.ts';
import type { Entry, InventoryPart, PartGroup, PartNode } from '../part.ts';
import { undescribed } from '../part.ts';
import { declaredSources } from './declaredSources.ts';
import { type Described, describe, type ResolvePath } from './describe.ts';
import { finderOf } from './finder.ts';
import type { GroupDraft } from './groups.ts';
import { readGroups } from './groups.ts';
import { checkNodes } from './nodeChecks.ts';
import type { NodeDraft } from './nodes.ts';
import { readNodes } from './nodes.ts';
import { readTags } from './tags.ts';

/** Name of the file for messages, and how its relative paths become absolute. */
export type MusterContext = {
  readonly source: string;
  readonly resolvePath: ResolvePath;
  /** Whether other sources stand beside it, in which members of its groups may be. */
  readonly isLinked?: boolean;
  /** How the text becomes a tree, for one who has read a text before that differs little. */
  readonly readText?: ReadData | undefined;
};

/**
 * Reads an `inventory.yaml`, ranges expanded. Never throws on what people write.
 * With a problem of severity error its nodes are for display only: nothing may run on them.
 */
export function parseMuster(
  text: string,
  { source, resolvePath, isLinked = false, readText }: MusterContext,
): { part: InventoryPart; document: ParsedDocument<InventoryFile> } {
  const document = parseDocument(text, InventoryFile, readText);
  const file = document.value ?? {};
  const finder = finderOf(text, document);
  const drafts = readNodes(file, finder);
  const lists = { nodes: drafts.nodes, finder, listed: { names: 0 }, isLinked };
  const read = readGroups(file, lists);
  const tags = readTags(file, lists);
  const known = { finder, resolvePath };
  const sources = declaredSources(file, resolvePath);
  // Where part of the file was lost, what is missing may well be there.
  const isWhole = !document.problems.some(({ code }) => code.startsWith('yaml/'));
  const members = [...read.problems, ...tags.problems];
  const found = [
    ...document.problems,
    ...drafts.problems,
    ...(isWhole ? members : members.filter(({ code }) => !code.startsWith('inventory/unknown'))),
    ...checkNodes(drafts.nodes, { defaults: file.defaults ?? {}, finder }),
  ];
  const describeOnce = perPath(known);
  const nodes = [...drafts.nodes.values()].map((draft): PartNode => {
    const described = describeOnce(draft);
    const more = tags.of(draft.name);
    return {
      name: draft.name,
      place: { range: draft.range },
      ...described,
      ...(more.length > 0 && { tags: [...described.tags, ...more] }),
    };
  });
  const part: InventoryPart = {
    nodes,
    groups: [...read.groups.values()].map((group) => groupOf(group, known)),
    defaults: defaultsOf(file, known),
    sources,
    problems: found.map((problem) => ({ ...problem, file: source })).toSorted(byPlace),
  };
  return { part, document };
}

type Known = Parameters<typeof describe>[1];

/** Nodes of one range are described by the same object. */
function perPath(known: Known): (draft: NodeDraft) => Described {
  const byKey = new Map<string, Described>();
  return ({ settings, path }) => {
    const [, key] = path;
    const described = byKey.get(key) ?? describe({ settings, path }, known);
    byKey.set(key, described);
    return described;
  };
}

function groupOf({ name, nodes, groups, outside, settings, range }: GroupDraft, known: Known): PartGroup {
  const described = describe({ settings, path: ['groups', name] }, known);
  return { name, nodes, groups, place: { range }, ...(outside.length > 0 && { outside }), ...described };
}

/** The folder of the file is where local nodes work that have no folder of their own. */
function defaultsOf(file: InventoryFile, known: Known): InventoryPart['defaults'] {
  const folder: Entry<string> = { value: known.resolvePath('.') };
  const { settings } = describe({ settings: file.defaults ?? {}, path: ['defaults'] }, known);
  return { ...undescribed, settings: { cwd: folder, ...settings } };
}
