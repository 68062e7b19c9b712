import { FilesError, type FileFacts, type FileWriter, type RemoteFiles } from '../remoteFiles.ts';
import type { SftpClient } from './client.ts';
import { attributes, openFlags, statusCodes, string, types, uint32, uint64 } from './packets.ts';

/** Bytes that are read or written by one request: every server takes as much (filexfer-02, 3). */
const pieceBytes = 32 * 1024;
/** Requests that are on their way at once: 2 MiB. */
const mostPending = 64;

/** The files of a node over SFTP. Relative paths start where a login does. */
export function sftpFiles(client: SftpClient): RemoteFiles {
  const ask = async (type: number, body: readonly Buffer[], what: string): Promise<void> =>
    void (await client.request(type, body, what));
  const look = (type: number) => async (path: string) => factsAt(client, type, homely(path));
  const extension = (name: string, words: readonly string[]): Promise<void> =>
    ask(types.extended, [string(name), ...words.map(string)], words.at(-1) ?? name);
  return {
    lstat: look(types.lstat),
    stat: look(types.stat),
    makeFolder: (path) => ask(types.mkdir, [string(homely(path)), attributes({ mode: 0o755 })], path),
    list: (path) => list(client, homely(path)),
    create: (path) => create(client, homely(path)),
    read: (path, signal) => read(client, homely(path), signal),
    setMode: (path, mode) => ask(types.setstat, [string(homely(path)), attributes({ mode })], path),
    setOwner: (path, owner) => ask(types.setstat, [string(homely(path)), attributes(owner)], path),
    async replace(from, to) {
      const words = [homely(from), homely(to)];
      if (client.extensions.has(posixRename)) return extension(posixRename, words);
      // Without the extension a rename does not replace: what is there has to go first.
      if (await factsAt(client, types.lstat, homely(to))) await ask(types.remove, [string(homely(to))], to);
      await ask(types.rename, words.map(string), to);
    },
    link: (from, to) => {
      const words = [homely(from), homely(to)];
      if (client.extensions.has(hardLink)) return extension(hardLink, words);
      return Promise.reject(new FilesError('unsupported', `${to}: the node makes no second names for files`));
    },
    remove: (path) => ask(types.remove, [string(homely(path))], path),
    freeBytes: (path) => freeBytes(client, homely(path)),
    close: client.close,
  };
}

/** SFTP knows no `~`: what is relative starts at home. */
function homely(path: string): string {
  return path === '~' ? '.' : path.startsWith('~/') ? `./${path.slice(2)}` : path;
}

const posixRename = 'posix-rename@openssh.com';
const hardLink = 'hardlink@openssh.com';
const statvfs = 'statvfs@openssh.com';
const fsync = 'fsync@openssh.com';

async function factsAt(client: SftpClient, type: number, path: string): Promise<FileFacts | undefined> {
  try {
    const reply = await client.request(type, [string(path)], path);
    return reply.type === 'attrs' ? reply.facts : undefined;
  } catch (error) {
    if (error instanceof FilesError && error.code === 'missing') return undefined;
    throw error;
  }
}

async function open(client: SftpClient, path: string, flags: number): Promise<Buffer> {
  const body = [string(path), uint32(flags), attributes(flags & openFlags.create ? { mode: 0o600 } : {})];
  return handleOf(await client.request(types.open, body, path), path);
}

function handleOf(reply: Awaited<ReturnType<SftpClient['request']>>, path: string): Buffer {
  if (reply.type === 'handle' && reply.handle.length <= 256) return reply.handle;
  throw new FilesError('failed', `${path}: the node gives no handle for it`);
}

async function create(client: SftpClient, path: string): Promise<FileWriter> {
  const flags = openFlags.write | openFlags.create | openFlags.exclusive;
  const handle = await open(client, path, flags);
  const pending = new Set<Promise<void>>();
  let position = 0;
  let failure: unknown;
  const send = (bytes: Uint8Array): void => {
    const body = [string(handle), uint64(position), string(bytes)];
    position += bytes.length;
    const sent = client
      .request(types.write, body, path)
      .then(
        () => undefined,
        (error: unknown) => void (failure ??= error),
      )
      .finally(() => pending.delete(sent));
    pending.add(sent);
  };
  const check = (): void => {
    if (failure !== undefined) throw failure as Error;
  };
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        while (pending.size >= mostPending) await Promise.race(pending);
        check();
        send(bytes.subarray(at, at + pieceBytes));
        await client.drained();
      }
    },
    // What is open there ends with the channel.
    abandon: async () => void (await Promise.all(pending)),
    async close() {
      await Promise.all(pending);
      check();
      if (client.extensions.has(fsync))
        await client.request(types.extended, [string(fsync), string(handle)], path);
      await client.request(types.close, [string(handle)], path);
    },
  };
}

/** Reads ahead; what comes short is asked for again, so that nothing is left out. */
async function* read(client: SftpClient, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(client, path, openFlags.read);
  const ahead: Promise<Buffer | undefined>[] = [];
  let position = 0;
  const next = (): void => {
    const at = position;
    position += pieceBytes;
    const piece = readPiece(client, { handle, path, at });
    piece.catch(() => undefined);
    ahead.push(piece);
  };
  try {
    for (;;) {
      while (ahead.length < mostPending / 2) next();
      const bytes = await ahead.shift();
      if (!bytes || bytes.length === 0 || signal.aborted) return;
      yield bytes;
      if (bytes.length < pieceBytes) return;
    }
  } finally {
    await Promise.allSettled(ahead);
    await client.request(types.close, [string(handle)], path).catch(() => undefined);
  }
}

type Piece = { readonly handle: Buffer; readonly path: string; readonly at: number };

/** Up to `pieceBytes`; less only at the end of the file. */
async function readPiece(client: SftpClient, { handle, path, at }: Piece): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < pieceBytes) {
    const body = [string(handle), uint64(at + length), uint32(pieceBytes - length)];
    const reply = await client.request(types.read, body, path);
    if (reply.type === 'status' && reply.code === statusCodes.eof) break;
    if (reply.type !== 'data' || reply.bytes.length === 0 || reply.bytes.length > pieceBytes - length)
      throw new FilesError('failed', `${path}: the node sends what was not asked for`);
    // A packet is cut out of what came: it would keep all of that.
    parts.push(Buffer.from(reply.bytes));
    length += reply.bytes.length;
  }
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}

async function* list(client: SftpClient, path: string) {
  const handle = handleOf(await client.request(types.opendir, [string(path)], path), path);
  try {
    for (;;) {
      const reply = await client.request(types.readdir, [string(handle)], path);
      if (reply.type !== 'names') return;
      if (reply.names.length === 0)
        throw new FilesError('failed', `${path}: the node lists nothing, again and again`);
      yield reply.names
        .map(({ name, facts }) => ({ name: textOf(name), facts }))
        .filter(({ name }) => name !== '.' && name !== '..');
    }
  } finally {
    await client.request(types.close, [string(handle)], path).catch(() => undefined);
  }
}

function textOf(name: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    return undefined;
  }
}

/** PROTOCOL of OpenSSH, 4.4: block size, fragment size, blocks, free, available. */
async function freeBytes(client: SftpClient, path: string): Promise<number | undefined> {
  if (!client.extensions.has(statvfs)) return undefined;
  try {
    const reply = await client.request(types.extended, [string(statvfs), string(path)], path);
    if (reply.type !== 'extended' || reply.bytes.length < 40) return undefined;
    const fragment = Number(reply.bytes.readBigUInt64BE(8));
    return fragment * Number(reply.bytes.readBigUInt64BE(32));
  } catch {
    return undefined;
  }
}
