import { spawn } from 'node:child_process';
import type { ServerChannel } from 'ssh2';
import type { NodeFolder } from './folder.ts';

/** A process that a demo node runs for somebody. */
export type NodeProcess = {
  /** Sends a signal to the whole process group. */
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<void>;
};

/**
 * Runs a command on a channel as sshd does: in a session of its own, so that the shell's pid is the process
 * group; the exit code or signal is forwarded; a channel that closes only closes the process's pipes.
 */
export function runOnChannel(channel: ServerChannel, command: string, folder: NodeFolder): NodeProcess {
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder.home,
    env: folder.env,
    detached: true,
    stdio: 'pipe',
  });
  let open = true;
  channel.pipe(child.stdin);
  child.stdin.on('error', () => {}); // The process closed its stdin first; that is its right.
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  channel.once('close', () => {
    open = false;
    child.stdin.destroy();
    child.stdout.destroy();
    child.stderr.destroy();
  });
  child.once('exit', (code, signal) => {
    if (!open) return;
    if (signal) channel.exit(signal.replace(/^SIG/, ''));
    else channel.exit(code ?? 255);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      if (open) channel.end();
      resolve();
    });
    child.once('error', (error) => {
      if (open) channel.stderr.write(`sh: ${error.message}\n`);
      if (open) channel.exit(127);
      if (open) channel.end();
      resolve();
    });
  });
  return { ended, signal: (name) => signalGroup(child.pid, name) };
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already, which is what a signal is for.
  }
}
