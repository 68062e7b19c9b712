import { resolve } from 'node:path';

/** An absolute path; a slash at its end stays, as it says that a folder's contents are meant. */
export function localPath(path: string): string {
  return resolve(path) + (/[/\\]$/.test(path) && !/^[/\\]+$/.test(path) ? '/' : '');
}
