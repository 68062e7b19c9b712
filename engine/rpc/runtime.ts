import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export type RuntimeFiles = { folder: string; socket: string; token: string };

/** Socket and token of an engine. On Windows a named pipe takes the place of the socket file. */
export function runtimeFiles(folder: string, name: string): RuntimeFiles {
  return {
    folder,
    socket: process.platform === 'win32' ? `\\\\.\\pipe\\muster-${name}` : join(folder, `${name}.sock`),
    token: join(folder, `${name}.token`),
  };
}

/** Makes the folder for sockets, for its user alone; refuses one that belongs to somebody else or is a link. */
export async function makeRuntimeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const info = await lstat(folder);
  const mine = process.getuid === undefined || info.uid === process.getuid();
  if (!info.isDirectory() || !mine) throw new Error(`${folder} is not a folder of your own`);
  await chmod(folder, 0o700);
}
