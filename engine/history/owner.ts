import { readFileSync } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod';

/** Which process runs a batch. The start time tells a process from a later one with the same pid. */
const Owner = z.object({
  host: z.string(),
  pid: z.number(),
  startedAt: z.string(),
  /** Which of the engines of the process. */
  engine: z.string().optional(),
  /** What the process is, for people: `muster run`. */
  program: z.string().optional(),
});
export type Owner = z.infer<typeof Owner>;

/** The engine that claims a batch. */
export type Claimant = Required<Pick<Owner, 'engine' | 'program'>>;

/** Whoever reads it finds all of it or nothing. */
export async function claim(path: string, claimant: Claimant): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, JSON.stringify({ ...thisProcess(), ...claimant }), { mode: 0o600 });
  await rename(fresh, path);
}

export async function release(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Undefined where nobody is named. */
export async function ownerIn(path: string): Promise<Owner | undefined> {
  try {
    return Owner.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The process that runs a batch; undefined where there is none any more. */
export async function livingOwner(path: string): Promise<Owner | undefined> {
  const owner = await ownerIn(path);
  return owner && isThere(owner) ? owner : undefined;
}

/** `process 4711 (muster run)`, with the machine where it is another one. */
export function ownerText({ host, pid, program }: Owner): string {
  const where = isHere({ host }) ? '' : ` on ${host}`;
  return `process ${pid}${where}${program === undefined ? '' : ` (${program})`}`;
}

export function isHere({ host }: Pick<Owner, 'host'>): boolean {
  return host === hostname();
}

/** Milliseconds after which a lock without a name in it is nobody's: whoever makes one writes it at once. */
const namelessMs = 10_000;

/** Takes a lock file; false where a living process has it. */
export async function takeLock(path: string): Promise<boolean> {
  for (let round = 0; round < 2; round++) {
    const made = await writeFile(path, JSON.stringify(thisProcess()), { mode: 0o600, flag: 'wx' }).then(
      () => true,
      (error: unknown) => {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      },
    );
    if (made) return true;
    if (await isHeld(path)) return false;
    await release(path);
  }
  return false;
}

async function isHeld(path: string): Promise<boolean> {
  const owner = await ownerIn(path);
  if (owner) return isThere(owner);
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs < namelessMs;
}

/** A process on another machine that shares the folder can not be looked at: it is taken to be there. */
function isThere({ host, pid, startedAt }: Owner): boolean {
  if (!isHere({ host })) return true;
  return isAlive(pid) && startTimeOf(pid) === startedAt;
}

function thisProcess(): Owner {
  return { host: hostname(), pid: process.pid, startedAt: startTimeOf(process.pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/**
 * Clock ticks from boot to the start of the process, proc(5); empty where there is no /proc, and for a zombie, which
 * runs nothing any more but answers to its pid until its parent looks.
 */
function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
