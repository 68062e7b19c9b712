import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Exit } from '../../../core/plugin/transport.ts';
import type { RemoteFate } from '../../../core/run/outcome.ts';
import { needsInput, readAndRun, scriptInput, stopFinding, stopScript } from '../shell.ts';
import type { Running } from '../supervise.ts';

export type GroupOptions = {
  cwd: string;
  env: Record<string, string>;
  /** Without it, stdin ends at once. */
  stdin?: Uint8Array | undefined;
};

/** Starts a command in a process group of its own, which its PID names. */
export function startGroup(
  command: string,
  { cwd, env, stdin }: GroupOptions,
): Running & { readonly pid: number | undefined } {
  const byInput = needsInput(command);
  const word = `end-${randomUUID()}`;
  const args = byInput ? ['-c', readAndRun, 'muster', word] : ['-c', command];
  const child = spawn('/bin/sh', args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  // A command that ends before it has read everything closes the pipe; its exit says all there is to say.
  child.stdin.on('error', () => {});
  if (byInput) child.stdin.write(scriptInput(command, word));
  child.stdin.end(stdin ?? '');
  const { pid, stdout, stderr } = child;
  return {
    pid,
    stdout,
    stderr,
    ended: endOf(child),
    stop: async () => (pid === undefined ? 'never-started' : await stopGroup(pid)),
    close: () => void [stdout.destroy(), stderr.destroy()],
  };
}

function endOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ type: 'lost', message: `could not start: ${error.message}` }));
    child.on('exit', (code, signal) => resolve(exitOf(code, signal)));
  });
}

function exitOf(code: number | null, signal: string | null): Exit {
  if (signal !== null) return { type: 'signalled', signal };
  return code === null ? { type: 'lost', message: 'ended without an exit code' } : { type: 'exited', code };
}

function stopGroup(pid: number): Promise<RemoteFate> {
  const word = `stop-${randomUUID()}`;
  const stopper = spawn('/bin/sh', ['-c', stopScript, 'muster', `-${pid}`, word], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  stopper.stdout.on('data', (chunk: Uint8Array) => (output += chunk.toString()));
  return new Promise((resolve) => {
    stopper.on('error', () => resolve('may-still-run'));
    stopper.on('close', () => resolve(stopFinding(output, word) === 'gone' ? 'stopped' : 'may-still-run'));
  });
}
