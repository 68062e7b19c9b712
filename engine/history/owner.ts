import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { codeOf } from '../codeOf.ts';
import { isHere, isThere, markOfThisProcess, ProcessMark } from './processMark.ts';

/** Which process runs a batch. */
const Owner = ProcessMark.extend({
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
  await writeFile(fresh, JSON.stringify({ ...markOfThisProcess(), ...claimant }), { mode: 0o600 });
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

/** Milliseconds after which a lock without a name in it is nobody's: whoever makes one writes it at once. */
const namelessMs = 10_000;

/** Takes a lock file; false where a living process has it. */
export async function takeLock(path: string): Promise<boolean> {
  for (let round = 0; round < 2; round++) {
    const made = await writeFile(path, JSON.stringify(markOfThisProcess()), { mode: 0o600, flag: 'wx' }).then(
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
