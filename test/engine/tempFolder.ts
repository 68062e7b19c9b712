import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone after the test: `await using folder = await tempFolder()`. */
export async function tempFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'muster-test-'));
  // An engine process that is just ending may still write.
  const removing = { recursive: true, force: true, maxRetries: 10 };
  return { path, [Symbol.asyncDispose]: () => rm(path, removing) };
}
