import type { IndexedFile } from './indexedFile.ts';
import { folderOf, resolveUri } from './uris.ts';

/**
 * The inventories that count for a file, as the command line finds them: those of its folder, or of the nearest one above
 * that has some, and those that they name. All of them where no folder above has any.
 */
export function inventoriesNear(uri: string, files: readonly IndexedFile[]): readonly IndexedFile[] {
  const inventories = files.filter(({ part }) => part);
  for (let folder = homeOf(uri); folder.includes('/'); folder = folderOf(folder)) {
    const found = inventories.filter((file) => homeOf(file.uri) === folder);
    if (found.length > 0) return withNamed(found, inventories);
  }
  return inventories;
}

/** What is in `.muster` belongs to the folder around it. */
function homeOf(uri: string): string {
  return folderOf(uri).replace(/\/\.muster$/, '');
}

function withNamed(found: readonly IndexedFile[], all: readonly IndexedFile[]): readonly IndexedFile[] {
  const near = new Set(found);
  for (const { uri, part } of near)
    for (const { path } of part?.sources ?? []) {
      const named = resolveUri(uri, path);
      for (const other of all) if (other.uri === named) near.add(other);
    }
  return [...near];
}
