import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { ServerChannel } from 'ssh2';
import type { NodeFolder } from './folder.ts';
import { lineKeys, withReturns } from './terminal.ts';

/** A process that a demo node runs for somebody. */
export type NodeProcess = {
  /** Sends a signal to the whole process group. */
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<void>;
};

/** What is asked of a demo node: a command, or a shell without one; with a terminal or without. */
export type Asked = { readonly command?: string; readonly hasTerminal: boolean };

/**
 * Runs a command or an interactive shell on a channel as sshd does: in a session of its own, so that the shell's pid is the process
 * group; the exit code or signal is forwarded; a channel that closes only closes the process's pipes.
 */
export function runOnChannel(
  channel: ServerChannel,
  { command, hasTerminal }: Asked,
  folder: NodeFolder,
): NodeProcess {
  const child = spawn('/bin/sh', command === undefined ? ['-i'] : ['-c', command], {
    cwd: folder.home,
    env: folder.env,
    detached: true,
    stdio: 'pipe',
  });
  let open = true;
  if (hasTerminal) connectTerminal(channel, child);
  else {
    channel.pipe(child.stdin);
    child.stdout.pipe(channel, { end: false });
    child.stderr.pipe(channel.stderr, { end: false });
  }
  child.stdin.on('error', () => {}); // The process closed its stdin first; that is its right.
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

/** Both outputs go one way to a terminal. */
function connectTerminal(channel: ServerChannel, child: ChildProcessWithoutNullStreams): void {
  const press = lineKeys({
    line: (text) => void child.stdin.write(text),
    echo: (text) => void channel.write(text),
    interrupt: () => signalGroup(child.pid, 'SIGINT'),
    end: () => void child.stdin.end(),
  });
  channel.on('data', (chunk: Buffer) => press(chunk.toString('utf8')));
  channel.once('end', () => child.stdin.end());
  child.stdout.pipe(withReturns()).pipe(channel, { end: false });
  child.stderr.pipe(withReturns()).pipe(channel, { end: false });
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already, which is what a signal is for.
  }
}
