import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IndexRules } from './index/fileKinds.ts';
import { createFolderKinds, type FolderKinds } from './index/folderKinds.ts';
import { filesBelow } from './index/workspaceFiles.ts';
import { uriOfPath } from './index/uriOfPath.ts';

/** A file to check, and as what it is read: its name need not say. */
export type CheckedFile = { readonly path: string; readonly languageId: string };

/** All files of ours below a folder, as their names or the configuration of their project say. */
export async function filesOfOurs(folder: string, user: IndexRules): Promise<readonly CheckedFile[]> {
  const kinds = kindsIn(projectAt(folder), user);
  const found: CheckedFile[] = [];
  for await (const uri of filesBelow(uriOfPath(folder), kinds.of(uriOfPath(folder)))) {
    const languageId = kinds.of(uri).languageOf(uri);
    if (languageId !== undefined) found.push({ path: fileURLToPath(uri), languageId });
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** As what a file is read by its name, or by the configuration of its project; undefined for one that is none of ours. */
export function languageOfPath(path: string, user: IndexRules): string | undefined {
  const uri = uriOfPath(path);
  return kindsIn(rootOf(path), user).of(uri).languageOf(uri);
}

/** What files are in a project. */
export function kindsIn(root: string, user: IndexRules): FolderKinds {
  const kinds = createFolderKinds({ user });
  kinds.read([uriOfPath(root)]);
  return kinds;
}

/** Files of ours in one folder; nobody knows how much there is below it. */
export function besides(root: string, kinds: FolderKinds): readonly string[] {
  return readdirSync(root)
    .map((name) => uriOfPath(join(root, name)))
    .filter((uri) => kinds.of(uri).languageOf(uri) !== undefined);
}

/** The project of a file: the nearest folder above it with `.muster` or `.git`, else its own. A home folder is none. */
export function rootOf(path: string): string {
  return projectAt(dirname(path));
}

function projectAt(own: string): string {
  for (let folder = own; folder !== homedir() && folder !== dirname(folder); folder = dirname(folder))
    if (isProject(folder)) return folder;
  return own;
}

export function isProject(folder: string): boolean {
  return existsSync(join(folder, '.muster')) || existsSync(join(folder, '.git'));
}
