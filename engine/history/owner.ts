import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod';

/** Which process runs a batch. The start time tells a process from a later one with the same pid. */
const Owner = z.object({ host: z.string(), pid: z.number(), startedAt: z.string() });
type Owner = z.infer<typeof Owner>;

export async function claim(path: string): Promise<void> {
  await writeFile(path, JSON.stringify(thisProcess()), { mode: 0o600 });
}

export async function release(path: string): Promise<void> {
  await rm(path, { force: true });
}

/**
 * Whether the process that runs the batch is gone. A process on another machine that shares the folder can not be
 * looked at, so its batches are left alone.
 */
export async function isAbandoned(path: string): Promise<boolean> {
  const owner = await readOwner(path);
  if (!owner) return true;
  if (owner.host !== hostname()) return false;
  return !isAlive(owner.pid) || startTimeOf(owner.pid) !== owner.startedAt;
}

function thisProcess(): Owner {
  return { host: hostname(), pid: process.pid, startedAt: startTimeOf(process.pid) };
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return Owner.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
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
