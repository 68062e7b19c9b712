import { resolve } from 'node:path';
import { openDisk } from './diskFiles.ts';

/** Reads the files that `file:` in a selection names; relative paths start at `folder`. */
export function readerIn(folder: string): (path: string) => string | undefined {
  return (path) => {
    const read = openDisk().files.read(resolve(folder, path));
    return 'text' in read ? read.text.replace(/^\ufeff/, '') : undefined;
  };
}
