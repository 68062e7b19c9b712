import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import type { PutRequest, TransferContext } from '../../../core/plugin/transport.ts';
import type { PlannedFile } from '../../../core/run/fileActions.ts';
import { formatBytes } from '../../../core/run/format.ts';
import { visible } from '../../../core/util/visible.ts';
import { errorOf } from './diskFiles.ts';
import { digests, fileWord, type RunThere, say } from './digest.ts';
import { FilesError, type FileFacts, type RemoteFiles } from './remoteFiles.ts';

export type Putting = TransferContext & { readonly files: RemoteFiles; readonly run: RunThere };

/** One file on its way: `temporary` is where it is until it is whole. */
type Upload = {
  readonly file: PlannedFile;
  readonly temporary: string;
  readonly before: FileFacts | undefined;
};

/**
 * Puts files in their places: all are uploaded to temporary names beside them and looked at again before the first of
 * them takes its place, each at once. What is there already is left alone. Gives whether anything was changed.
 */
export async function putFiles(request: PutRequest, putting: Putting): Promise<boolean> {
  await makeFolders(request, putting);
  const found = await sortOut(request, putting);
  const of = found.changed.reduce((sum, { file }) => sum + file.bytes, 0);
  const uploads = new Set<Upload>();
  try {
    let bytes = 0;
    putting.onProgress(0, of);
    for (const upload of found.changed) {
      uploads.add(upload);
      await send(upload, { ...putting, onBytes: (more) => putting.onProgress((bytes += more), of) });
    }
    await verify(found.changed, putting);
    await dress(found.changed, request, putting);
    for (const upload of found.changed) {
      stopIfAborted(putting);
      await finish(upload, request, putting);
      uploads.delete(upload);
    }
  } finally {
    await cleanUp([...uploads], putting);
  }
  for (const { to } of found.same) await putting.onOutput('stdout', line(`${to}: unchanged`));
  return found.changed.length > 0 || found.isRetouched;
}

function stopIfAborted({ signal }: Pick<Putting, 'signal'>): void {
  if (signal.aborted) throw new FilesError('failed', 'stopped');
}

function line(text: string): Uint8Array {
  return Buffer.from(`${visible(text)}\n`);
}

/** Makes what is missing of the folder that the files go to, and of those below it. A link among those is not followed. */
async function makeFolders({ files: planned, to }: PutRequest, { files, signal }: Putting): Promise<void> {
  if (!to.endsWith('/')) return;
  const root = to.replace(/(?<=.)\/+$/, '');
  const wanted = new Set<string>();
  for (const { to: path } of planned) {
    for (let each = posix.dirname(path); each.length > root.length; each = posix.dirname(each))
      wanted.add(each);
  }
  await makeRoot(root, files);
  for (const folder of [...wanted].sort()) {
    stopIfAborted({ signal });
    const there = await files.lstat(folder);
    if (!there) await makeFolder(folder, files);
    else if (there.type === 'link')
      throw new FilesError(
        'failed',
        `${folder} is a link on the node, and is not followed. Name the folder it leads to`,
      );
    else if (there.type !== 'folder') throw new FilesError('failed', `${folder} on the node is not a folder`);
  }
}

/** The folder that a person named may be a link: they know where it leads. */
async function makeRoot(root: string, files: RemoteFiles): Promise<void> {
  const there = await files.stat(root);
  if (there?.type === 'folder') return;
  if (there) throw new FilesError('failed', `${root} on the node is not a folder`);
  const parent = posix.dirname(root);
  if (parent !== root && parent !== '~') await makeRoot(parent, files);
  await makeFolder(root, files);
}

/** Somebody else may make it at the same moment, such as another node with the same disk. */
async function makeFolder(path: string, files: RemoteFiles): Promise<void> {
  try {
    await files.makeFolder(path);
  } catch (error) {
    if ((await files.lstat(path))?.type !== 'folder') throw error;
  }
}

type Sorted = {
  readonly changed: readonly Upload[];
  readonly same: readonly PlannedFile[];
  readonly isRetouched: boolean;
};

/** Which files are not on the node yet as they are here. */
async function sortOut(request: PutRequest, putting: Putting): Promise<Sorted> {
  const { files } = putting;
  const changed: Upload[] = [];
  const alike: { file: PlannedFile; before: FileFacts }[] = [];
  for (const file of request.files) {
    stopIfAborted(putting);
    const before = await files.lstat(file.to);
    if (before?.type === 'folder')
      throw new FilesError('failed', `${file.to} is a folder on the node. Write ${file.to}/ to copy into it`);
    if (before?.type === 'other')
      throw new FilesError('failed', `${file.to} on the node is neither a file nor a folder`);
    if (before?.type === 'file' && before.bytes === file.bytes) alike.push({ file, before });
    else changed.push(uploadOf(file, before));
  }
  const there = await digests(
    alike.map(({ file }) => file.to),
    putting,
  );
  const same = alike.filter(({ file }, at) => there[at] === file.sha256);
  for (const each of alike) if (!same.includes(each)) changed.push(uploadOf(each.file, each.before));
  const isRetouched = await retouch(same, request, putting);
  return { changed, same: isRetouched ? [] : same.map(({ file }) => file), isRetouched };
}

/** Gives files whose content is right the mode and owner that were asked for. Gives whether any had others. */
async function retouch(
  same: readonly { file: PlannedFile; before: FileFacts }[],
  { mode, owner }: PutRequest,
  putting: Putting,
): Promise<boolean> {
  const wanted = mode === undefined ? undefined : Number.parseInt(mode, 8);
  const off = same.filter(({ before }) => wanted !== undefined && before.mode !== wanted);
  for (const { file } of off) if (wanted !== undefined) await putting.files.setMode(file.to, wanted);
  const paths = same.map(({ file }) => file.to);
  const isOwned = owner === undefined || paths.length === 0 || (await isOwner(paths, owner, putting));
  if (!isOwned && owner !== undefined) await changeOwner(paths, owner, putting);
  if (off.length === 0 && isOwned) return false;
  for (const path of paths) await putting.onOutput('stdout', line(`${path}: mode or owner changed`));
  return true;
}

function uploadOf(file: PlannedFile, before: FileFacts | undefined): Upload {
  const name = `.muster-${randomBytes(12).toString('hex')}`;
  return { file, before, temporary: posix.join(posix.dirname(file.to), name) };
}

type Sending = Putting & { readonly onBytes: (bytes: number) => void };

/** Uploads the file as it is planned; one that has changed meanwhile goes nowhere. */
async function send({ file, temporary }: Upload, sending: Sending): Promise<void> {
  const { files } = sending;
  const parent = posix.dirname(temporary);
  const writer = await files.create(temporary).catch(async (error: unknown) => {
    if (error instanceof FilesError && error.code === 'missing')
      throw new FilesError('missing', `there is no folder ${parent} on the node`);
    throw await fullOr(error, file, sending);
  });
  const hash = createHash('sha256');
  let sent = 0;
  try {
    for await (const bytes of localBytes(file)) {
      stopIfAborted(sending);
      sent += bytes.length;
      if (sent > file.bytes) break;
      hash.update(bytes);
      await writer.write(bytes);
      sending.onBytes(bytes.length);
    }
    await writer.close();
  } catch (error) {
    await writer.abandon();
    throw await fullOr(error, file, sending);
  }
  if (sent !== file.bytes || hash.digest('hex') !== file.sha256)
    throw new FilesError('failed', `${file.from} has changed since the plan was made. Plan again`);
}

async function* localBytes({ from, text }: PlannedFile): AsyncGenerator<Uint8Array> {
  if (text !== undefined) return yield* [Buffer.from(text)];
  let file;
  try {
    // The plan has the path without links: one that is there now was not there then.
    file = await open(from, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    for await (const chunk of file.createReadStream({ highWaterMark: 256 * 1024 })) yield chunk as Uint8Array;
  } catch (error) {
    throw errorOf(`${from} on this machine`, error);
  } finally {
    await file?.close().catch(() => undefined);
  }
}

/** SFTP has no word for a disk that is full: whether it is has to be looked up. */
async function fullOr(error: unknown, file: PlannedFile, { files }: Putting): Promise<unknown> {
  if (!(error instanceof FilesError) || error.code !== 'failed') return error;
  const free = await files.freeBytes(posix.dirname(file.to));
  if (free === undefined || free >= file.bytes + 64 * 1024) return error;
  return new FilesError(
    'full',
    `no space for ${file.to} on the node: ${formatBytes(free)} are free, it needs ${formatBytes(file.bytes)}`,
  );
}

async function verify(uploads: readonly Upload[], putting: Putting): Promise<void> {
  for (const { file, temporary } of uploads) {
    const there = await putting.files.lstat(temporary);
    if (there?.type !== 'file' || there.bytes !== file.bytes)
      throw new FilesError('failed', `${file.to}: ${there?.bytes ?? 'no'} bytes arrived of ${file.bytes}`);
  }
  const found = await digests(
    uploads.map(({ temporary }) => temporary),
    putting,
  );
  const wrong = uploads.find(({ file }, at) => found[at] !== file.sha256);
  stopIfAborted(putting);
  if (wrong) throw new FilesError('failed', `${wrong.file.to}: what arrived is not what was sent`);
}

/** Mode and owner, before anybody can see the file under its name. The owner comes first: it takes special bits away. */
async function dress(
  uploads: readonly Upload[],
  { mode, owner }: PutRequest,
  putting: Putting,
): Promise<void> {
  if (uploads.length === 0) return;
  if (owner !== undefined)
    await changeOwner(
      uploads.map(({ temporary }) => temporary),
      owner,
      putting,
    );
  for (const { file, temporary, before } of uploads) {
    stopIfAborted(putting);
    const old = before?.type === 'file' ? before : undefined;
    if (owner === undefined && old) await keepOwner({ file, temporary, old }, putting.files);
    const bits = mode === undefined ? (old?.mode ?? file.mode) : Number.parseInt(mode, 8);
    await putting.files.setMode(temporary, bits);
  }
}

type Kept = { file: PlannedFile; temporary: string; old: FileFacts };

async function keepOwner({ file, temporary, old }: Kept, files: RemoteFiles): Promise<void> {
  const { uid, gid } = old;
  const now = await files.lstat(temporary);
  if (uid === undefined || gid === undefined || (now?.uid === uid && now.gid === gid)) return;
  await files.setOwner(temporary, { uid, gid }).catch(() => {
    const message = `${file.to} belongs to user ${uid}, group ${gid}, and would not any more. Log in as them, or say whose it shall be with an owner`;
    throw new FilesError('denied', message);
  });
}

async function changeOwner(paths: readonly string[], owner: string, putting: Putting): Promise<void> {
  const words = paths.map(fileWord).join(' ');
  const said = await say(`LC_ALL=C chown ${owner} ${words} 2>&1 || { echo; exit 0; }; echo ok`, putting);
  stopIfAborted(putting);
  if (said?.trimEnd().endsWith('ok')) return;
  const why = visible((said ?? 'the node runs no chown').trim().split('\n')[0] ?? '').slice(0, 200);
  throw new FilesError('denied', `the owner can not be ${owner}: ${why}`);
}

/** Whether all of them are that owner's. */
async function isOwner(paths: readonly string[], owner: string, putting: Putting): Promise<boolean> {
  const [user = '', group = ''] = owner.split(':');
  const tests = [...(user ? [`! -user ${user}`] : []), ...(group ? [`! -group ${group}`] : [])].join(' -o ');
  const said = await say(`find ${paths.map(fileWord).join(' ')} -prune \\( ${tests} \\) -print`, putting);
  return said === '';
}

async function finish(
  { file, temporary, before }: Upload,
  { backup }: PutRequest,
  putting: Putting,
): Promise<void> {
  const { files } = putting;
  const kept = backup && before ? await keepBefore(file.to, files) : '';
  await files.replace(temporary, file.to);
  const what = before ? 'replaced' : 'new';
  await putting.onOutput('stdout', line(`${file.to}: ${what}, ${formatBytes(file.bytes)}${kept}`));
}

/** Keeps what is there under a name with the time in it. */
async function keepBefore(path: string, files: RemoteFiles): Promise<string> {
  const name = `${path}.${new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)}~`;
  await files.link(path, name);
  return `; before: ${name}`;
}

/** Takes away what is not in its place, and says what could not be taken away. */
async function cleanUp(uploads: readonly Upload[], { files, note }: Putting): Promise<void> {
  const left: string[] = [];
  for (const { temporary } of uploads) {
    try {
      await files.remove(temporary);
    } catch (error) {
      if (!(error instanceof FilesError) || error.code !== 'missing') left.push(temporary);
    }
  }
  if (left.length > 0) note(`Left on the node, unfinished: ${visible(left.join(', '))}. Take it away.`);
}
