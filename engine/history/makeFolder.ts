import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../codeOf.ts';

/**
 * Makes a folder and those above it, for their user alone. Node's own recursive mkdir never returns where a parent
 * refuses with ENOENT, as /proc does.
 */
export async function makeFolder(path: string): Promise<void> {
  if ((await makeOne(path)) !== 'no parent') return;
  if (path !== dirname(path)) await makeFolder(dirname(path));
  if ((await makeOne(path)) === 'no parent') throw new Error(`${path} can not be made`);
}

/** Somebody else may make it at the same time: then it is there, which is all that is wanted. */
async function makeOne(path: string): Promise<'there' | 'no parent'> {
  try {
    await mkdir(path, { mode: 0o700 });
    return 'there';
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return 'there';
    if (code === 'ENOENT') return 'no parent';
    throw error;
  }
}
