import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc are 10 ms on every Linux (USER_HZ, proc(5)). */
const tickMs = 10;

/**
 * Milliseconds of CPU (user and system) of a process and of all its children that it has waited for.
 * @param {number} pid
 * @returns {number} 0 for a process that is gone
 */
export function cpuMs(pid) {
  const fields = statFields(pid);
  return fields ? (fields.utime + fields.stime + fields.cutime + fields.cstime) * tickMs : 0;
}

/** Milliseconds of CPU of all ended children of this process, theirs included. */
export function endedChildrenCpuMs() {
  const fields = statFields(process.pid);
  return fields ? (fields.cutime + fields.cstime) * tickMs : 0;
}

/**
 * A process and everything below it that is alive.
 * @param {number} root
 * @returns {number[]}
 */
export function processTree(root) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? statFields(pid)?.parent : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  /** @type {(pid: number) => number[]} */
  const below = (pid) => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

/**
 * Memory of one process. `rss` counts pages that are shared with other processes in full, `pss` its share of
 * them (proc(5), smaps_rollup).
 * @param {number} pid
 * @returns {{ rssKb: number, pssKb: number }} zeros for a process that is gone
 */
export function memory(pid) {
  const text = readIfThere(`/proc/${pid}/smaps_rollup`);
  const field = (/** @type {RegExp} */ pattern) => Number(pattern.exec(text)?.[1] ?? 0);
  return { rssKb: field(/^Rss:\s+(\d+)/m), pssKb: field(/^Pss:\s+(\d+)/m) };
}

/** @param {number} pid */
function statFields(pid) {
  const text = readIfThere(`/proc/${pid}/stat`);
  if (text === '') return undefined;
  // The name stands in parentheses and may hold spaces and parentheses itself. Fields count from 3 after it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0, , , , , , , , , , utime = 0, stime = 0, cutime = 0, cstime = 0] = fields;
  return { parent, utime, stime, cutime, cstime };
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
