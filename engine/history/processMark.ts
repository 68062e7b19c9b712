import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import * as z from 'zod';
import { codeOf } from '../codeOf.ts';

/** What tells a process from all others, those of before and after with its number too. */
export const ProcessMark = z.object({
  host: z.string(),
  pid: z.number(),
  /** Clock ticks from boot to its start; empty where the system does not say. */
  startedAt: z.string(),
  /** When the mark was made, in milliseconds since the epoch. */
  at: z.number().optional(),
});
export type ProcessMark = z.infer<typeof ProcessMark>;

export function markOfThisProcess(): ProcessMark {
  return { host: hostname(), pid: process.pid, startedAt: startTimeOf(process.pid), at: Date.now() };
}

/** Whether the process is, or was, on this machine: only here can be seen whether it lives. */
export function isHere({ host }: Pick<ProcessMark, 'host'>): boolean {
  return host === hostname();
}

/** A process on another machine that shares the folder can not be looked at: it is taken to be there. */
export function isThere(mark: ProcessMark): boolean {
  if (!isHere(mark)) return true;
  if (!isAlive(mark.pid)) return false;
  const startedAt = startTimeOf(mark.pid);
  if (startedAt !== '' || mark.startedAt !== '') return startedAt === mark.startedAt;
  return isOfThisBoot(mark);
}

/** Milliseconds by which the clock may have been set right since the machine was started. */
const clockSlackMs = 120_000;

/** Where the start of processes is not known, at least none has lived through a start of the machine. */
export function isOfThisBoot({ at = Infinity }: Pick<ProcessMark, 'at'>): boolean {
  return at > Date.now() - uptime() * 1000 - clockSlackMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
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
