import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone after the test: `await using folder = await tempFolder()`. */
export async function tempFolder(base = tmpdir()): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(base, 'muster-test-'));
  // An engine process that is just ending may still write.
  const removing = { recursive: true, force: true, maxRetries: 10 };
  return { path, [Symbol.asyncDispose]: () => rm(path, removing) };
}

/** Where a folder is in memory, on systems that have such a place: for tests that make thousands of files. */
export const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
