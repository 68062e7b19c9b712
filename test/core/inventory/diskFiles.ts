import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Files, ParseInput } from '../../../core/inventory/part.ts';

/** Files of the real disk, as a test reads them. */
export const diskFiles: Files = {
  read(path) {
    try {
      return { text: readFileSync(path, 'utf8') };
    } catch {
      return { missing: true };
    }
  },
  list(folder) {
    try {
      return readdirSync(folder)
        .toSorted((a, b) => (a < b ? -1 : 1))
        .map((name) => ({ name, isFolder: statSync(`${folder}/${name}`).isDirectory() }));
    } catch {
      return undefined;
    }
  },
};

/** Files that a test states: path → text. Folders are what the paths say. */
export function statedFiles(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    read: (path) => (Object.hasOwn(texts, path) ? { text: texts[path] ?? '' } : { missing: true }),
    list(folder) {
      const below = paths
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1));
      if (below.length === 0) return undefined;
      const names = [...new Set(below.map((path) => path.split('/')[0] ?? ''))].toSorted((a, b) =>
        a < b ? -1 : 1,
      );
      return names.map((name) => ({ name, isFolder: below.some((path) => path.startsWith(`${name}/`)) }));
    },
  };
}

export function inputFor(path: string, files: Files): ParseInput {
  return { path, files, home: '/home/me', user: 'me' };
}
