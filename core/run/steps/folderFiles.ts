import { mostFiles } from '../fileActions.ts';
import type { ReadFile, Scanned, ScannedFile } from './plannedFiles.ts';

/** What a folder has, as `readdir` of Node.js says it. */
type Entry = {
  readonly name: string;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
};

/** How a folder is read; what it throws ends the walk. */
export type FolderReader = {
  join(folder: string, name: string): string;
  list(folder: string): Promise<readonly Entry[]>;
  describe(path: string): Promise<ReadFile>;
};

/**
 * All files of a folder and of those inside of it, in the order of their names; undefined where they are more than may be
 * copied. Links are left out: they may lead anywhere.
 */
export async function folderFiles(
  folder: string,
  below: string,
  reader: FolderReader,
): Promise<Pick<Scanned, 'files' | 'leftOut'> | undefined> {
  const files: ScannedFile[] = [];
  const leftOut: string[] = [];
  const walk = async (inside: string, prefix: string): Promise<void> => {
    const entries = await reader.list(inside);
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = reader.join(inside, entry.name);
      const place = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) await walk(path, place);
      else if (entry.isFile()) files.push({ ...(await reader.describe(path)), below: place });
      else leftOut.push(`${path} is ${entry.isSymbolicLink() ? 'a link' : 'no file'}, and is not copied.`);
      if (files.length > mostFiles) return;
    }
  };
  await walk(folder, below);
  return files.length > mostFiles ? undefined : { files, leftOut };
}
