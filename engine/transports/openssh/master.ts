import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../core/util/clock.ts';
import { visible } from '../../../core/util/visible.ts';
import { lateMessage } from '../ssh/failures.ts';
import { takeStep, unreachable, type Failure, type Reached, type Way } from '../ssh/step.ts';
import type { SshWay } from './config.ts';
import { connectFailure } from './failures.ts';
import { joinMaster, type MuxLink } from './link.ts';
import { readSshLog, type SshLog } from './log.ts';

export type MasterDeps = {
  readonly clock: Clock;
  /** Name or path of the ssh program. */
  readonly program: string;
  /** Makes the folder for control sockets, for its user alone, and says where it is; its path is short. */
  readonly folder: () => Promise<string>;
};

/** How ssh is run for one connection. */
export type Run = {
  readonly way: SshWay;
  readonly env: Readonly<Record<string, string>>;
  /** More words for its command line. */
  readonly words: readonly string[];
  readonly port: number;
  readonly user: string | undefined;
  /** Settles when there is no use in going on. */
  readonly givenUp?: Promise<Failure>;
};

/** A master: an ssh that is logged in to a node, and us at its control socket. */
export type Master = { readonly link: MuxLink; readonly log: SshLog };

/** Seconds after which a master ends that nobody is at any more: only a process that was killed leaves one. */
const persistSeconds = 10;

/** Starts a master and joins it. It is told apart what failed: ssh ends before it is logged in, or goes to the background. */
export async function openMaster(run: Run, way: Way, deps: MasterDeps): Promise<Reached<Master>> {
  const socket = join(await deps.folder(), randomBytes(6).toString('hex'));
  const control = ['-M', '-S', socket.replaceAll('%', '%%'), '-o', `ControlPersist=${persistSeconds}`];
  const started = await runSsh({ ...run, words: [...control, ...run.words] }, way, deps);
  if (!started.ok) return started;
  const link = await joinMaster(socket);
  if (link) return { ok: true, value: { link, log: started.value } };
  const message = 'ssh connected, but its control socket does not answer; OpenSSH 7.4 or later is needed';
  return { ok: false, ...unreachable('protocol', message) };
}

/** Milliseconds for what a failed ssh still has to say. */
const lastWordsMs = 300;

/** Runs ssh until it has gone to the background, which says that it is logged in, or has failed. */
export async function runSsh(run: Run, way: Way, deps: MasterDeps): Promise<Reached<SshLog>> {
  const folder = await deps.folder();
  const file = join(folder, `${randomBytes(6).toString('hex')}.conf`);
  await writeFile(file, run.way.config, { mode: 0o600, flag: 'wx' });
  const log = readSshLog(way.enter);
  way.enter('dns');
  try {
    return await takeStep<SshLog>(
      way,
      ({ done, fail }) => {
        const args = ['-v', '-N', '-T', '-F', file, ...run.words, '--', run.way.destination];
        // In a session of its own it has no terminal to ask on, and can be ended with all that it started.
        const child = spawn(deps.program, args, {
          cwd: folder,
          env: run.env,
          detached: true,
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        const failed = (): void => fail(connectFailure(log, run));
        void run.givenUp?.then(fail);
        child.stderr.on('data', (chunk: Buffer) => log.take(chunk));
        child.on('error', (error) => fail(noProgram(deps.program, error)));
        child.once('close', failed);
        child.once('exit', (code) => {
          if (code === 0) done(log);
          else deps.clock.after(lastWordsMs, failed);
        });
        // The master holds the pipe for as long as it lives, which is no reason for this process to live.
        child.unref();
        if ('unref' in child.stderr && typeof child.stderr.unref === 'function') child.stderr.unref();
        return () => endGroup(child.pid);
      },
      lateMessage(run.port, way.deadline.totalMs),
    );
  } finally {
    await rm(file, { force: true });
  }
}

function noProgram(program: string, error: Error): Failure {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  const why = isMissing
    ? `there is no program ${program} on this machine`
    : `${program} could not be started: ${visible(error.message)}`;
  const message = `${why}. Install OpenSSH's client, or use transport: ssh.`;
  return { outcome: { status: 'refused', by: 'validation', message } };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // Nobody is left in the group.
  }
}
