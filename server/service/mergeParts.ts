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

/** All inventories of a workspace as one, and whether that is all there is. */
export function mergeParts(
  files: readonly Pick<IndexedFile, 'uri' | 'part'>[],
  snapshot: Snapshot | undefined,
): { readonly index: InventoryIndex; readonly isClosed: boolean } {
  const own = files.flatMap(({ uri, part }) => (part ? [loaded(uri, part, musterPriority)] : []));
  const other = snapshot ? [loaded('', snapshot.part, 0)] : [];
  const { inventory } = mergeSources([...other, ...own]);
  const isRead = own.every(({ part }) => !part.problems.some(({ code }) => code.startsWith('yaml/')));
  const known = new Set([...own.map(({ state }) => state.id), ...(snapshot?.sources ?? [])]);
  const isKnown = own.every(({ state, part }) =>
    part.sources.every((source) => idsOf(source, state.id).some((id) => known.has(id))),
  );
  return {
    index: indexInventory(inventory),
    isClosed: own.length > 0 && isRead && isKnown,
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
