import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { mostFiles } from '../core/run/fileActions.ts';
import type { Plan } from '../core/run/plan.ts';
import {
  type Files,
  type PlanDisk,
  plannedFiles,
  type ReadFile,
  type Scanned,
  type ScannedFile,
} from '../core/run/steps/plannedFiles.ts';
import { messageOf, refuse, type Result } from '../core/util/errors.ts';
import { uriOfPath } from './index/uriOfPath.ts';

/** A file that is not looked at here: it is read when the plan starts. */
class NotHere extends Error {}

/** The files that steps of a plan send, as they are now in the folders that are open. */
export async function filesOfPlan(plan: Plan, isHere: (uri: string) => boolean): Promise<Result<Files>> {
  try {
    return await plannedFiles(plan, createPlanDisk(isHere));
  } catch (error) {
    if (!(error instanceof NotHere)) return refuse('INPUT_MISSING', `${messageOf(error)}.`);
    const note = `${error.message}: what its steps send is read when it starts.`;
    return { ok: true, value: { notes: [note] } };
  }
}

/** Bytes of one file. */
const largest = 64 * 1024 * 1024;

/** Links are followed, but not to where nothing is open. */
function createPlanDisk(isHere: (uri: string) => boolean): PlanDisk {
  return {
    resolve: (from, path) => resolve(dirname(from), path),
    read: (path, mostBytes) => described(path, mostBytes, isHere),
    scan: (path) => scanned(path, isHere),
  };
}

async function scanned(path: string, isHere: (uri: string) => boolean): Promise<Scanned> {
  const real = await realIn(path, isHere);
  const files: ScannedFile[] = [];
  const leftOut: string[] = [];
  const add = async (file: string, below: string): Promise<void> => {
    const { text: _text, ...rest } = await described(file, Infinity, isHere);
    files.push({ ...rest, below });
    if (files.length > mostFiles) throw new NotHere(`${path} has too many files`);
  };
  const walk = async (folder: string, below: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = join(folder, entry.name);
      const place = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await walk(inner, place);
      else if (entry.isFile()) await add(inner, place);
      else leftOut.push(`${inner} is ${entry.isSymbolicLink() ? 'a link' : 'no file'}, and is not copied.`);
    }
  };
  const isFolder = (await stat(real)).isDirectory();
  if (isFolder) await walk(real, /[/\\]$/.test(path) ? '' : basename(path));
  else await add(real, basename(path));
  return { isFolder, files, leftOut };
}

async function described(
  path: string,
  mostBytes: number,
  isHere: (uri: string) => boolean,
): Promise<ReadFile> {
  const from = await realIn(path, isHere);
  const stats = await stat(from);
  if (!stats.isFile()) throw new Error(`${path} is not a file`);
  const { mode, size } = stats;
  const facts = { from, mode: mode & 0o777, bytes: size };
  if (size > mostBytes) return { ...facts, sha256: '' };
  if (size > largest) throw new NotHere(`${path} is too large to be looked at here`);
  const content = await readFile(from);
  const text = content.toString('utf8');
  const isText = Buffer.from(text).equals(content);
  return {
    ...facts,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    ...(isText && { text }),
  };
}

async function realIn(path: string, isHere: (uri: string) => boolean): Promise<string> {
  const real = await realpath(path).catch((error: unknown) => {
    throw new Error(`${path} can not be read: ${messageOf(error)}`);
  });
  if (isHere(uriOfPath(real))) return real;
  throw new NotHere(`${path} is in no folder that is open`);
}
