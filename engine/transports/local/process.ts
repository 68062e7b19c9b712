import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ExecContext, ExecRequest, Exit } from '../../../core/plugin/transport.ts';
import type { RemoteFate } from '../../../core/run/outcome.ts';
import { type Dialogue, openDialogue } from '../dialogue.ts';
import { pour } from '../pour.ts';
import { needsInput, readAndRun, scriptInput } from '../shell.ts';
import { openStopTalk, type StopRequest } from '../stopTalk.ts';
import type { Running } from '../supervise.ts';

export type GroupOptions = {
  cwd: string;
  env: Record<string, string>;
  /** Without it, stdin ends at once. */
  stdin?: ExecRequest['stdin'];
};

/** Starts a command in a process group of its own, which its PID names. */
export function startGroup(
  command: string,
  { cwd, env, stdin }: GroupOptions,
): Running & { readonly pid: number | undefined; readonly born: string | undefined } {
  const byInput = needsInput(command);
  const word = `end-${randomUUID()}`;
  const args = byInput ? ['-c', readAndRun, 'muster', word] : ['-c', command];
  const child = spawn('/bin/sh', args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  // A command that ends before it has read everything closes the pipe; its exit says all there is to say.
  child.stdin.on('error', () => {});
  if (byInput) child.stdin.write(scriptInput(command, word));
  pour(stdin, child.stdin);
  const { pid, stdout, stderr } = child;
  return {
    pid,
    born: pid === undefined ? undefined : birthOf(pid),
    stdout,
    stderr,
    ended: endOf(child),
    stop: async () =>
      pid === undefined ? 'never-started' : await stopGroup({ process: { pid, group: true } }, env),
    close: () => void [stdout.destroy(), stderr.destroy()],
  };
}

/** Field 22 of proc(5); undefined where there is no such file. */
function birthOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
  } catch {
    return undefined;
  }
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

/** Stops the process group of a command, as the user that it runs as. */
export async function stopGroup(request: StopRequest, env: Record<string, string>): Promise<RemoteFate> {
  const stop = openStopTalk(request);
  const stopper = spawn('/bin/sh', ['-c', stop.line], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  stopper.stdin.on('error', () => {});
  const closed = new Promise((resolve) => stopper.on('error', resolve).on('close', resolve));
  return stop.fate(await stop.talk({ ...pipesOf(stopper), closed }));
}

/** Starts a command as another user of this machine; what starts there leads a process group of its own. */
export function startAs(
  request: ExecRequest,
  context: ExecContext,
  options: Omit<GroupOptions, 'stdin'>,
): { running: Running; dialogue: Dialogue } {
  const dialogue = openDialogue(request, context);
  const child = spawn('/bin/sh', ['-c', dialogue.line], {
    ...options,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  dialogue.speak(child.stdin);
  const ended = endOf(child);
  const stop = async (): Promise<RemoteFate> => {
    dialogue.abandon();
    const process = await Promise.race([dialogue.process, ended]);
    if ('type' in process) return dialogue.isStarted() ? 'stopped' : 'never-started';
    return stopGroup({ process, runAs: request.runAs, secret: dialogue.secret() }, options.env);
  };
  return { dialogue, running: { ...pipesOf(child), ended, stop, close: () => letGo(child) } };
}

function pipesOf({ stdin, stdout, stderr }: ChildProcessWithoutNullStreams) {
  return { stdin, stdout, stderr };
}

function letGo({ stdin, stdout, stderr }: ChildProcessWithoutNullStreams): void {
  for (const each of [stdin, stdout, stderr]) each.destroy();
}
