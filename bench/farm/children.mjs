import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuMs } from '../lib/processes.mjs';

/**
 * Starts server processes that end with the bench, whatever ends it.
 * @typedef {{ start: (file: string, args: string[]) => import('node:child_process').ChildProcess,
 *   cpuMs: () => number, stop: () => void }} Servers
 * @returns {Servers}
 */
export function serverProcesses() {
  /** @type {import('node:child_process').ChildProcess[]} */
  const running = [];
  const stop = () => {
    for (const child of running.splice(0)) child.kill();
  };
  process.once('exit', stop);
  return {
    start(file, args) {
      const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      running.push(child);
      return child;
    },
    cpuMs: () => running.reduce((sum, { pid }) => sum + (pid === undefined ? 0 : cpuMs(pid)), 0),
    stop() {
      process.off('exit', stop);
      stop();
    },
  };
}

/**
 * Waits for the first output of a server, its word that it listens.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function firstOutput(child) {
  if (!child.stdout) throw new Error('The server has no output to wait for');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(
      `The server ended with ${code} before it listened; is the port in use? Choose one with --port`,
    );
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
}
