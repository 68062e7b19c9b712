import { nameOf } from '../paths.ts';
import { type Files, type InventoryPart, type ParseInput, type PartNode, undescribed } from '../part.ts';

/** Folders inside each other, and repositories, that are looked through at most. */
const deepest = 3;
const mostFolders = 500;

/**
 * A folder and the Git repositories in it as local nodes, so that any command runs over all of them. Hidden folders and
 * node_modules are left out; nothing but names and `.git/HEAD` is read.
 */
export function parseFolders({ path, files }: ParseInput): InventoryPart {
  if (!files.list(path)) {
    const message = 'There is no such folder.';
    const fix = 'Check the path.';
    return partOf([], [{ code: 'folders/missing', severity: 'error', message, fix, file: path }]);
  }
  const found = [path, ...repositoriesIn(path, files, 1)].slice(0, mostFolders);
  const names = uniqueNames(found);
  return partOf(
    found.map((folder, at) => nodeOf({ folder, name: names[at] ?? folder }, files)),
    [],
  );
}

function partOf(nodes: readonly PartNode[], problems: InventoryPart['problems']): InventoryPart {
  return { nodes, groups: [], defaults: undescribed, sources: [], problems };
}

function repositoriesIn(folder: string, files: Files, depth: number): string[] {
  const folders = (files.list(folder) ?? []).filter(
    ({ name, isFolder }) => isFolder && !name.startsWith('.') && name !== 'node_modules',
  );
  const found: string[] = [];
  for (const { name } of folders.slice(0, mostFolders)) {
    const inner = `${folder === '/' ? '' : folder}/${name}`;
    if (isRepository(inner, files)) found.push(inner);
    if (depth < deepest && found.length < mostFolders) found.push(...repositoriesIn(inner, files, depth + 1));
  }
  return found;
}

function isRepository(folder: string, files: Files): boolean {
  return files.list(folder)?.some(({ name }) => name === '.git') ?? false;
}

function nodeOf({ folder, name }: { folder: string; name: string }, files: Files): PartNode {
  const isRepo = isRepository(folder, files);
  const branch = isRepo ? branchOf(folder, files) : undefined;
  return {
    name,
    place: { file: folder },
    settings: { transport: { value: 'local' }, cwd: { value: folder } },
    vars: new Map(),
    facts: new Map([
      ['path', { value: folder }],
      ...(branch === undefined ? [] : [['git.branch', { value: branch }] as const]),
    ]),
    tags: [{ value: isRepo ? 'repository' : 'folder' }],
  };
}

/** What `.git/HEAD` says: a branch, or a commit where none is checked out. */
function branchOf(folder: string, files: Files): string | undefined {
  const head = files.read(`${folder}/.git/HEAD`);
  if (!('text' in head)) return undefined;
  const text = head.text.slice(0, 300).trim();
  return /^ref: refs\/heads\/(.+)$/.exec(text)?.[1] ?? /^[\da-f]{40,64}$/.exec(text)?.[0].slice(0, 12);
}

/** The folder's name; with as many of the folders above as tell it apart. Odd characters become `_`. */
function uniqueNames(folders: readonly string[]): readonly string[] {
  const parts = folders.map((folder) => folder.split('/').filter(Boolean));
  const nameWith = (at: number, count: number): string =>
    (parts[at]?.slice(-count).join('/') || nameOf(folders[at] ?? '') || 'folder').replace(
      /[^\p{L}\p{M}\p{N}._:@%/+-]|^-/gu,
      '_',
    );
  const names = folders.map((_, at) => nameWith(at, 1));
  for (let count = 2; count < 20; count++) {
    const times = new Map<string, number>();
    for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
    const repeated = names.flatMap((name, at) => ((times.get(name) ?? 0) > 1 ? [at] : []));
    if (repeated.length === 0) break;
    for (const at of repeated) names[at] = nameWith(at, count);
  }
  return names;
}
