import { readdirSync, readFileSync } from 'node:fs';
import { cpuMs, memory } from './processes.mjs';

/**
 * The ssh processes in the background that hold connections open for a control path (ssh_config(5), ControlPersist).
 * They call themselves `ssh: PATH [mux]`.
 * @param {string} folder in which the control sockets are
 * @returns {number[]}
 */
export function masters(folder) {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const title = readFileSync(`/proc/${name}/cmdline`, 'latin1');
      return title.startsWith(`ssh: ${folder}/`) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** @param {readonly number[]} pids */
export function costOf(pids) {
  return {
    cpuMs: pids.reduce((sum, pid) => sum + cpuMs(pid), 0),
    rssMb: pids.reduce((sum, pid) => sum + memory(pid).rssKb, 0) / 1024,
  };
}

/** @param {readonly number[]} pids */
export function end(pids) {
  for (const pid of pids) {
    try {
      process.kill(pid);
    } catch {
      // It has ended by itself.
    }
  }
}
