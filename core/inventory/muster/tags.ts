import type { InventoryFile } from '../../schema/inventory.ts';
import type { Problem } from '../../util/problem.ts';
import { addTo } from '../../util/lists.ts';
import type { Entry } from '../part.ts';
import type { Finder } from './finder.ts';
import { readMembers } from './members.ts';
import type { NodeDraft } from './nodes.ts';

export type ReadTags = {
  /** Tags that the list under `tags:` gives a node. */
  of(node: string): readonly Entry<string>[];
  readonly problems: readonly Problem[];
};

const none: readonly Entry<string>[] = [];

/** Reads `tags:` at the top of a file: tags by name, each with its nodes. */
export function readTags(
  file: InventoryFile,
  known: {
    readonly nodes: ReadonlyMap<string, NodeDraft>;
    readonly finder: Finder;
    readonly listed: { names: number };
  },
): ReadTags {
  const byNode = new Map<string, Entry<string>[]>();
  const problems: Problem[] = [];
  for (const [tag, texts] of file.tags ?? []) {
    const path = ['tags', tag] as const;
    const entry: Entry<string> = { value: tag, range: known.finder.at(path, 'key') };
    const found = readMembers({ texts, paths: (at) => [[...path, at], path] }, known);
    for (const problem of found.problems) problems.push(problem);
    for (const name of found.names) addTo(byNode, name, entry);
  }
  return { of: (node) => byNode.get(node) ?? none, problems };
}
