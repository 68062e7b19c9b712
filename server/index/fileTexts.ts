import { readFileSync, realpathSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isInside } from '../service/uris.ts';
import type { FileText } from '../service/workspace.ts';
import { usualLargest } from './fileKinds.ts';
import { uriOfPath } from './uriOfPath.ts';

type Known = FileText & { readonly stamp: string };

/** Texts that are kept; who has more files to fill in reads the others again. */
const mostKept = 200;

/**
 * Reads files that are none of ours, such as templates: those of these folders, no larger than others, and no binary
 * ones. One that has not changed since is the same object.
 */
export function createFileTexts(): (uri: string, folders: readonly string[]) => FileText | undefined {
  const known = new Map<string, Known>();
  return (uri, folders) => {
    const read = readAt(uri, folders, known.get(uri));
    // Those that were asked for last are at the end.
    known.delete(uri);
    if (read) known.set(uri, read);
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    return read;
  };
}

function readAt(uri: string, folders: readonly string[], before: Known | undefined): Known | undefined {
  try {
    const path = realpathSync(fileURLToPath(uri));
    if (!folders.some((folder) => isInside(uriOfPath(path), uriOfPath(realpathSync(fileURLToPath(folder))))))
      return undefined;
    const about = statSync(path);
    if (!about.isFile() || about.size > usualLargest) return undefined;
    const stamp = `${path}\n${about.mtimeMs}\n${about.size}`;
    if (before?.stamp === stamp) return before;
    const text = readFileSync(path, 'utf8');
    return text.includes('\0') ? undefined : { text, stamp };
  } catch {
    return undefined;
  }
}
