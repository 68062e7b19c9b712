import type { ParseInput } from './part.ts';

/** A path of a file as an absolute one: `~` is the home folder, other paths start at the folder of the file. */
export function resolvePath(path: string, { path: file, home }: Pick<ParseInput, 'path' | 'home'>): string {
  if (path === '~' || path.startsWith('~/')) return normalPath(`${home}/${path.slice(2)}`);
  return normalPath(path.startsWith('/') ? path : `${folderOf(file)}/${path}`);
}

/** The folder that a file is in. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** Last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
