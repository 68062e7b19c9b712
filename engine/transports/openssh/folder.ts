import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { runtimeFolder } from '../../folders.ts';
import { makeRuntimeFolder } from '../../rpc/runtime.ts';

/**
 * The path of a UNIX socket has room for 104 bytes (macOS; Linux: 108) with a NUL at its end, and while ssh makes one
 * its name is 33 characters long.
 */
const mostBytes = 104 - 1 - 1 - 33;

/** Where control sockets are: in the runtime folder of the person, or in /tmp where the path of that is too long. */
export function socketFolder(env: Readonly<Record<string, string | undefined>>): string {
  const { uid } = userInfo();
  const folders = [runtimeFolder(env), join(tmpdir(), `muster-${uid}`), `/tmp/muster-${uid}`].map((folder) =>
    join(folder, 'ssh'),
  );
  return folders.find((folder) => Buffer.byteLength(folder) <= mostBytes) ?? `/tmp/muster-${uid}/ssh`;
}

/** Makes the folder for control sockets when it is first asked for; its parent and it are for their user alone. */
export function createSocketFolder(env: Readonly<Record<string, string | undefined>>): () => Promise<string> {
  let made: Promise<string> | undefined;
  const make = async (): Promise<string> => {
    const folder = socketFolder(env);
    await makeRuntimeFolder(join(folder, '..'));
    await makeRuntimeFolder(folder);
    return folder;
  };
  return () => (made ??= make());
}
