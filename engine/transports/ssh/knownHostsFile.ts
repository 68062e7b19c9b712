import { appendFile, mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseKnownHosts, type KnownHostsIndex } from './knownHostsIndex.ts';

/** A known_hosts file as it was when last looked at. */
export type FileIndex = {
  readonly file: string;
  /** What the index was made of: it is made again when this changes. */
  readonly version: string;
  readonly index: KnownHostsIndex;
  /** Why the file could not be read. A missing file is just empty. */
  readonly problem?: string;
};

/** What is known of each file, and when it was looked at last. */
export type FileCache = Map<string, { readonly lookedAt: number; readonly index: Promise<FileIndex> }>;

/** Milliseconds for which a look at a file counts: hundreds of connections begin together, and each would look. */
const freshMs = 100;

const nothing = parseKnownHosts('');

/** Reads and parses a file, unless the cache has it as it is now. */
export function readIndex(file: string, cache: FileCache): Promise<FileIndex> {
  const known = cache.get(file);
  const now = performance.now();
  if (known && now - known.lookedAt < freshMs) return known.index;
  const index = lookAgain(file, known?.index);
  cache.set(file, { lookedAt: now, index });
  return index;
}

async function lookAgain(file: string, before: Promise<FileIndex> | undefined): Promise<FileIndex> {
  const version = await versionOf(file);
  const known = await before;
  return known?.version === version ? known : parseFile(file, version);
}

async function parseFile(file: string, version: string): Promise<FileIndex> {
  if (version === 'empty') return { file, version, index: nothing };
  try {
    return { file, version, index: parseKnownHosts(await readFile(file, 'utf8')) };
  } catch (error) {
    return { file, version, index: nothing, problem: `${file} could not be read: ${codeOf(error)}` };
  }
}

/** A device such as /dev/null or a pipe is never read: it could hang. */
async function versionOf(file: string): Promise<string> {
  try {
    const found = await stat(file, { bigint: true });
    return found.isFile() ? `${found.ino}-${found.size}-${found.mtimeNs}` : 'empty';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'empty' : `unreadable: ${codeOf(error)}`;
  }
}

/** Whether a key could be written down, and if not, why. */
export type TrustResult = { readonly saved: boolean; readonly message?: string };

/** Adds a line in one write, so that two processes never mix theirs; the folder is ours alone, and so is a new file. */
export async function appendLine(file: string, line: string): Promise<TrustResult> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const gap = (await endsInLine(file)) ? '' : '\n';
    await appendFile(file, `${gap}${line}\n`, { mode: 0o600 });
    return { saved: true };
  } catch (error) {
    return {
      saved: false,
      message: `Trusted until Muster's engine ends; ${file} could not be written: ${codeOf(error)}.`,
    };
  }
}

/** Whether the next line can simply follow: also true where there is no file yet. */
async function endsInLine(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return true;
  try {
    const { size } = await handle.stat();
    if (size === 0) return true;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
