import { remembered } from '../../core/util/remembered.ts';
import type { IndexedFile, Snapshot } from './indexedFile.ts';
import { idsOf } from './mergeParts.ts';
import { isInside, pathOf } from './uris.ts';

/** For which file the sources of a snapshot are looked at, and what the workspace has. */
type Seen = {
  /** The innermost folder of the workspace that the file is in; undefined outside of all of them. */
  readonly root: string | undefined;
  /** Folders of the workspace, by canonical URI. */
  readonly folders: readonly string[];
  /** Inventories that count for the file, and all of them. */
  readonly near: readonly IndexedFile[];
  readonly all: readonly IndexedFile[];
};

/**
 * What counts of a snapshot for a file. A source that inventories name counts where they do, one in a folder of the
 * workspace counts in that folder; any other was named for the whole window. The same value for the same sources.
 */
export function scoped(snapshot: Snapshot, seen: Seen): Snapshot {
  const { nodeSources, groupSources } = snapshot;
  if (!nodeSources || !groupSources) return snapshot;
  const near = named(seen.near);
  const others = named(seen.all);
  const out = [...idsIn(snapshot)].filter((id) => !near.has(id) && (others.has(id) || !isHere(id, seen)));
  if (out.length === 0) return snapshot;
  const known = scopes(snapshot);
  const key = out.join('\n');
  const made = known.get(key) ?? without(snapshot, new Set(out));
  known.set(key, made);
  return made;
}

/** The innermost folder around a file. */
export function rootOf(uri: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => isInside(uri, folder)).toSorted((a, b) => b.length - a.length)[0];
}

const scopes = remembered((_snapshot: Snapshot) => new Map<string, Snapshot>());

const idsIn = remembered(
  ({ nodeSources, groupSources }: Snapshot) =>
    new Set([...(nodeSources?.values() ?? []), ...(groupSources?.values() ?? [])].flat()),
);

function named(files: readonly IndexedFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ uri, part }) => (part?.sources ?? []).flatMap((each) => idsOf(each, uri))));
}

/** Whether a source that nobody names is in the folder of the file, or in none of the workspace. */
function isHere(id: string, { root, folders }: Seen): boolean {
  const path = id.replaceAll('\\', '/');
  const around = folders.filter((folder) => isInside(path, pathOf(folder)));
  return around.length === 0 || (root !== undefined && around.includes(root));
}

function without(snapshot: Snapshot, out: ReadonlySet<string>): Snapshot {
  const { part, nodeSources, groupSources } = snapshot;
  const stays = (ids: readonly string[] | undefined): boolean => ids?.some((id) => !out.has(id)) ?? true;
  const nodes = part.nodes.filter(({ name }) => stays(nodeSources?.get(name)));
  const groups = part.groups.filter(({ name }) => stays(groupSources?.get(name)));
  const kept = new Set(nodes.map(({ name }) => name));
  const gone = new Set(part.nodes.flatMap(({ name }) => (kept.has(name) ? [] : [name])));
  const keptGroups = new Set(groups.map(({ name }) => name));
  const goneGroups = new Set(part.groups.flatMap(({ name }) => (keptGroups.has(name) ? [] : [name])));
  const trimmed = groups.map((group) => ({
    ...group,
    nodes: group.nodes.filter((name) => !gone.has(name)),
    groups: group.groups.filter((name) => !goneGroups.has(name)),
  }));
  return { ...snapshot, part: { ...part, nodes, groups: trimmed } };
}
