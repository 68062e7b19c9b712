import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Plan } from '../core/run/plan.ts';
import { folderFiles } from '../core/run/steps/folderFiles.ts';
import {
  type Files,
  type PlanDisk,
  plannedFiles,
  type ReadFile,
  type Scanned,
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
  const describe = async (file: string): Promise<ReadFile> => {
    const { text: _text, ...rest } = await described(file, Infinity, isHere);
    return rest;
  };
  const name = basename(path);
  if (!(await stat(real)).isDirectory())
    return { isFolder: false, files: [{ ...(await describe(real)), below: name }], leftOut: [] };
  const list = (folder: string): Promise<Dirent[]> => readdir(folder, { withFileTypes: true });
  const found = await folderFiles(real, /[/\\]$/.test(path) ? '' : name, { join, list, describe });
  if (!found) throw new NotHere(`${path} has too many files`);
  return { isFolder: true, ...found };
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
