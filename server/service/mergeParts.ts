import type { NodeDetail } from '../../core/inventory/detail.ts';
import { mergeSources } from '../../core/inventory/merge/merge.ts';
import type { LoadedSource } from '../../core/inventory/merge/unite.ts';
import type { InventoryIndex } from '../../core/inventory/model.ts';
import { indexInventory } from '../../core/inventory/model.ts';
import type { InventoryPart } from '../../core/inventory/part.ts';
import type { DeclaredSource } from '../../core/inventory/source.ts';
import { musterPriority } from '../../core/inventory/source.ts';
import { hasErrors } from '../../core/util/problem.ts';
import { pathOf, resolveUri } from './uris.ts';
import type { IndexedFile, Snapshot } from './indexedFile.ts';

/** All that is known of nodes. */
export type Merged = {
  readonly index: InventoryIndex;
  readonly isClosed: boolean;
  /** Everything about one node, each value with its origin. Merges anew: nobody keeps that for all nodes. */
  detail(node: string): NodeDetail | undefined;
};

/** All inventories of a workspace as one, and whether that is all there is. */
export function mergeParts(
  files: readonly Pick<IndexedFile, 'uri' | 'part'>[],
  snapshot: Snapshot | undefined,
): Merged {
  const own = files.flatMap(({ uri, part }) => (part ? [loaded(uri, part, musterPriority)] : []));
  const other = snapshot ? [loaded('', snapshot.part, 0)] : [];
  const sources = [...other, ...own];
  const { inventory } = mergeSources(sources);
  const isRead = own.every(({ part }) => !part.problems.some(({ code }) => code.startsWith('yaml/')));
  const known = new Set([...own.map(({ state }) => state.id), ...(snapshot?.sources ?? [])]);
  const isKnown = own.every(({ state, part }) =>
    part.sources.every((source) => idsOf(source, state.id).some((id) => known.has(id))),
  );
  return {
    index: indexInventory(inventory),
    isClosed: own.length > 0 && isRead && isKnown,
    detail: (node) => mergeSources(sources).detail(node),
  };
}

/** What a source that a file names may be known as: its URI, its path, or its command line. */
export function idsOf({ type, path, run }: DeclaredSource, file: string): readonly string[] {
  if (type === 'command') return run === undefined ? [] : [run];
  const uri = resolveUri(file, path);
  return uri === undefined ? [path] : [uri, pathOf(uri)];
}

function loaded(uri: string, part: InventoryPart, priority: number): LoadedSource {
  return {
    part,
    priority,
    state: {
      id: uri,
      type: 'muster',
      ref: { type: 'muster', path: uri },
      status: hasErrors(part.problems) ? 'refused' : 'ok',
      nodes: part.nodes.length,
      groups: part.groups.length,
      files: [uri],
      readAt: 0,
      approvals: [],
    },
  };
}
