import { posix } from 'node:path';
import type { GetRequest, TransferContext } from '../../../core/plugin/transport.ts';
import { isFileName, mostFetchedBytes, mostFiles } from '../../../core/run/fileActions.ts';
import { formatBytes } from '../../../core/run/format.ts';
import { visible } from '../../../core/util/visible.ts';
import { openNodeFolder, type NodeFolder } from './nodeFolder.ts';
import { FilesError, type RemoteFiles } from './remoteFiles.ts';

export type Getting = TransferContext & { readonly files: RemoteFiles };

/** A file to get: where it is on the node, and its names below the folder for the node. */
type Wanted = { readonly remote: string; readonly names: readonly string[]; readonly bytes: number };

/** What the node has, as it says; and what is not taken of it, with the reason. */
type Listing = {
  readonly wanted: Wanted[];
  readonly refused: string[];
  readonly leftOut: string[];
  entries: number;
};

/** Levels of folders below what was asked for. */
const mostDepth = 64;

/**
 * Gets files into the folder for the node, and nothing anywhere else, whatever the node says they are called. Rejects
 * when something was not taken; what is complete stays.
 */
export async function getFiles(request: GetRequest, getting: Getting): Promise<boolean> {
  const listing: Listing = { wanted: [], refused: [], leftOut: [], entries: 0 };
  for (const path of request.from) await look(path, listing, { request, getting });
  const folder = await openNodeFolder(request.to, request.node);
  const most = request.maxBytes ?? mostFetchedBytes;
  const of = listing.wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  if (of > most) throw tooLarge(of, most);
  let bytes = 0;
  getting.onProgress(0, of);
  for (const wanted of listing.wanted) {
    const refusal = await folder.refusal(wanted.names, request.overwrite === true);
    if (refusal !== undefined) listing.refused.push(refusal);
    else bytes += await get(wanted, folder, { request, getting, before: bytes, of, most });
  }
  for (const each of listing.leftOut) await getting.onOutput('stdout', line(`${each}: left out`));
  for (const each of listing.refused) await getting.onOutput('stderr', line(each));
  const [first] = listing.refused;
  if (first === undefined) return listing.wanted.length > 0;
  const more = listing.refused.length > 1 ? `, and ${listing.refused.length - 1} more not taken` : '';
  throw new FilesError('failed', `${visible(first).slice(0, 300)}${more}`);
}

function tooLarge(bytes: number, most: number): FilesError {
  const message = `${formatBytes(bytes)} are more than the ${formatBytes(most)} that are fetched of a node. Ask for less, or raise the limit`;
  return new FilesError('failed', message);
}

function line(text: string): Uint8Array {
  return Buffer.from(`${visible(text)}\n`);
}

type Looking = { readonly request: GetRequest; readonly getting: Getting };

/** What a person named may be a link: they know where it leads. */
async function look(path: string, listing: Listing, looking: Looking): Promise<void> {
  const { files } = looking.getting;
  const plain = path.replace(/(?<=.)\/+$/, '');
  const facts = await files.stat(plain);
  if (!facts) throw new FilesError('missing', `${path} is not on the node`);
  const name = posix.basename(plain);
  if (facts.type === 'file')
    return count(listing, { remote: plain, names: [name], bytes: facts.bytes }, looking);
  if (facts.type !== 'folder')
    throw new FilesError('failed', `${path} on the node is neither a file nor a folder`);
  await walk({ remote: plain, names: isPlace(name) ? [] : [name] }, listing, looking);
}

/** Names that are no names: the contents of such a folder go to the top. */
function isPlace(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name === '~';
}

type Folder = Pick<Wanted, 'remote' | 'names'>;

/** What is in a folder of the node. Links are not followed, and devices and pipes are not read. */
async function walk(folder: Folder, listing: Listing, looking: Looking): Promise<void> {
  const { files, signal } = looking.getting;
  if (folder.names.length > mostDepth)
    throw new FilesError(
      'failed',
      `folders are more than ${mostDepth} levels deep in ${folder.names[0] ?? ''}`,
    );
  const below: Folder[] = [];
  for await (const entries of files.list(folder.remote)) {
    if (signal.aborted) throw new FilesError('failed', 'stopped');
    for (const { name, facts } of entries) {
      if (++listing.entries > mostOf(looking)) throw tooMany(looking);
      const remote = posix.join(folder.remote, name ?? '?');
      if (name === undefined || !isFileName(name)) {
        listing.refused.push(`${remote}: not taken, as that is no name for a file here`);
      } else if (facts.type === 'folder') below.push({ remote, names: [...folder.names, name] });
      else if (facts.type === 'file')
        count(listing, { remote, names: [...folder.names, name], bytes: facts.bytes }, looking);
      else listing.leftOut.push(`${remote} (${facts.type === 'link' ? 'a link' : 'no file'})`);
    }
  }
  for (const each of below) await walk(each, listing, looking);
}

function mostOf({ request }: Looking): number {
  return request.maxFiles ?? mostFiles;
}

function tooMany(looking: Looking): FilesError {
  const message = `there are more than ${mostOf(looking)} files and folders. Ask for less, or raise the limit`;
  return new FilesError('failed', message);
}

function count(listing: Listing, wanted: Wanted, looking: Looking): void {
  listing.wanted.push(wanted);
  if (listing.wanted.length > mostOf(looking)) throw tooMany(looking);
}

type Fetching = Looking & { readonly before: number; readonly of: number; readonly most: number };

/** Gets one file; gives its bytes. It is there as a whole, or not at all. */
async function get(wanted: Wanted, folder: NodeFolder, fetching: Fetching): Promise<number> {
  const { getting, before, of, most, request } = fetching;
  let bytes = 0;
  await using file = await folder.create(wanted.names);
  for await (const piece of getting.files.read(wanted.remote, getting.signal)) {
    if (getting.signal.aborted) break;
    bytes += piece.length;
    // A file may grow, and a node may lie: what comes is what counts.
    if (before + bytes > most) throw tooLarge(before + bytes, most);
    await file.write(piece);
    getting.onProgress(before + bytes, Math.max(of, before + bytes));
  }
  if (getting.signal.aborted) throw new FilesError('failed', 'stopped');
  await file.finish(request.overwrite === true);
  await getting.onOutput('stdout', line(`${wanted.remote}: ${formatBytes(bytes)}`));
  return bytes;
}
