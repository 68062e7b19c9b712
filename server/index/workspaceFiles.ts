import type { Dirent } from 'node:fs';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInside } from '../service/uris.ts';
import type { Entry } from '../service/workspace.ts';
import type { FileKinds } from './fileKinds.ts';
import { type Ignore, ignoreOf } from './ignored.ts';
import { uriOfPath } from './uriOfPath.ts';

/** Files of ours in one workspace; folders below folders. Whoever has more gets help for those that are open. */
const mostFiles = 5000;
const deepest = 20;

/** Folders that hold other people's files. */
const skipped = new Set(['.git', '.hg', '.svn', 'node_modules', '.venv', '__pycache__']);

/** The files of ours below a folder, as canonical URIs; what `.gitignore` leaves out is left out. Links are not followed. */
export async function* filesBelow(
  folder: string,
  { languageOf }: Pick<FileKinds, 'languageOf'>,
): AsyncIterable<string> {
  const top = fileURLToPath(folder);
  let found = 0;
  const pending: { path: string; depth: number; rules: readonly Rule[] }[] = [
    { path: top, depth: 0, rules: [] },
  ];
  for (let at = pending.shift(); at && found < mostFiles; at = pending.shift()) {
    const entries = await entriesOf(at.path);
    const rules = entries.some(({ name }) => name === '.gitignore')
      ? [...at.rules, { folder: at.path, ignore: await readIgnore(at.path) }]
      : at.rules;
    for (const entry of entries) {
      const path = join(at.path, entry.name);
      const kind = entry.isDirectory() ? 'folder' : 'file';
      if (skipped.has(entry.name) || isIgnored(rules, path, kind)) continue;
      if (kind === 'folder') {
        if (at.depth < deepest) pending.push({ path, depth: at.depth + 1, rules });
        continue;
      }
      const uri = uriOfPath(path);
      if (!entry.isFile() || languageOf(uri) === undefined) continue;
      found += 1;
      yield uri;
    }
  }
}

/** Text of a file of the workspace; undefined for one that is not there, too large, or outside by a link. */
export async function readText(
  uri: string,
  { folders, largest }: { readonly folders: readonly string[]; readonly largest: number },
): Promise<string | undefined> {
  try {
    const path = fileURLToPath(uri);
    const real = uriOfPath(await realpath(path));
    const tops = await Promise.all(folders.map(realUri));
    if (![...folders, ...tops].some((folder) => isInside(real, folder))) return undefined;
    const { size } = await stat(path);
    return size > largest ? undefined : await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** What there is at a URI; undefined where there is nothing. */
export function pathKind(uri: string): 'file' | 'folder' | undefined {
  try {
    return statSync(fileURLToPath(uri)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

/** What is in a folder, by name; undefined where there is none, or where a link leads out of the workspace. */
export function listFolder(uri: string, folders: readonly string[]): readonly Entry[] | undefined {
  try {
    const real = uriOfPath(realpathSync(fileURLToPath(uri)));
    if (!folders.some((folder) => isInside(real, uriOfPath(realpathSync(fileURLToPath(folder))))))
      return undefined;
    return readdirSync(fileURLToPath(uri), { withFileTypes: true })
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

type Rule = { readonly folder: string; readonly ignore: Ignore };

/** The innermost `.gitignore` that says something counts. */
function isIgnored(rules: readonly Rule[], path: string, kind: 'file' | 'folder'): boolean {
  for (const { folder, ignore } of rules.toReversed()) {
    const said = ignore(relative(folder, path).split(sep).join('/'), kind);
    if (said !== undefined) return said === 'ignored';
  }
  return false;
}

async function entriesOf(path: string): Promise<readonly Dirent[]> {
  try {
    return (await readdir(path, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

async function readIgnore(folder: string): Promise<Ignore> {
  try {
    return ignoreOf(await readFile(join(folder, '.gitignore'), 'utf8'));
  } catch {
    return () => undefined;
  }
}

async function realUri(folder: string): Promise<string> {
  try {
    return uriOfPath(await realpath(fileURLToPath(folder)));
  } catch {
    return folder;
  }
}
