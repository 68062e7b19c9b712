import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { AnsibleRun } from '../../../core/playbook/plannedStep.ts';
import { type AnsibleEnd, AnsibleEvent } from '../../../core/run/steps/ansibleEvent.ts';
import type { Outside } from '../../../core/run/steps/context.ts';
import { onAbort } from '../../../core/util/abort.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import { callbackPlugin } from './callback.ts';
import { ansibleInventory, unsafeYaml } from './inventory.ts';

const program = 'ansible-playbook';

/** Milliseconds between asking the processes to end and ending them. */
const graceMs = 5000;

/** Why Ansible can not be run on this machine; undefined where it can. */
export function ansibleMissing(path = process.env['PATH'] ?? ''): string | undefined {
  const isThere = path.split(delimiter).some((folder) => isAllowed(join(folder, program), constants.X_OK));
  if (isThere) return undefined;
  return `A step runs Ansible, and there is no ${program} on this machine. Install ansible-core, then run again.`;
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** Runs a playbook of Ansible on targets of a plan. All that it needs is in a folder that is gone afterwards. */
export const runAnsible: Outside['ansible'] = async (run, how) => {
  if (how.signal.aborted) return undefined;
  // Variables may be secrets: where there is a folder that is never on disk, they are there.
  const base = isAllowed('/dev/shm', constants.W_OK | constants.X_OK) ? '/dev/shm' : tmpdir();
  const folder = await mkdtemp(join(base, 'muster-ansible-'));
  try {
    const inventory = ansibleInventory(run.targets, { folder, home: homedir() });
    if ('message' in inventory) return inventory.message;
    const plugins = join(folder, 'plugins');
    await mkdir(plugins, { mode: 0o700 });
    const files = new Map([
      ...inventory.files,
      [join(folder, 'vars.yaml'), unsafeYaml(run.vars)],
      [join(folder, 'limit'), `${run.limit.join('\n')}\n`],
      [join(plugins, 'muster.py'), callbackPlugin],
    ]);
    for (const [path, text] of files) await writeFile(path, text, { mode: 0o600 });
    return await start(run, { ...how, folder });
  } catch (error) {
    return messageOf(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

type How = Parameters<Outside['ansible']>[1] & { readonly folder: string };

function start(run: AnsibleRun, { folder, signal, onEvent }: How): Promise<AnsibleEnd> {
  const child = spawn(program, argumentsOf(run, folder), {
    cwd: dirname(run.playbook),
    env: { ...process.env, ...environment(folder) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  let failure: string | undefined;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const event = readEvent(line);
    if (event) onEvent(event);
  });
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString('utf8')).slice(-4000)));
  child.once('error', (error) => (failure = messageOf(error)));
  const stopping = onAbort(signal, () => stopGroup(child));
  const read = new Promise<void>((resolve) => lines.once('close', resolve));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return Promise.all([ended, read]).then(([code]) => {
    stopping.dispose();
    if (code === 0) return undefined;
    return failure ?? `${program} ended with ${code ?? 'a signal'}: ${reasonIn(errors)}`;
  });
}

function argumentsOf({ playbook, tags, check, forks }: AnsibleRun, folder: string): readonly string[] {
  return [
    '--inventory',
    join(folder, 'hosts.yaml'),
    '--limit',
    `@${join(folder, 'limit')}`,
    '--extra-vars',
    `@${join(folder, 'vars.yaml')}`,
    '--forks',
    String(Math.max(1, forks)),
    ...(tags.length > 0 ? ['--tags', tags.join(',')] : []),
    ...(check ? ['--check'] : []),
    '--',
    playbook,
  ];
}

function environment(folder: string): Record<string, string> {
  return {
    ANSIBLE_CALLBACK_PLUGINS: join(folder, 'plugins'),
    ANSIBLE_STDOUT_CALLBACK: 'muster',
    ANSIBLE_LOCAL_TEMP: join(folder, 'local'),
    ANSIBLE_PIPELINING: '1',
    ANSIBLE_PYTHON_INTERPRETER: 'auto_silent',
    ANSIBLE_RETRY_FILES_ENABLED: '0',
    ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, 'cp'),
    ANSIBLE_SSH_ARGS: '-o ControlMaster=auto -o ControlPersist=15s',
    ANSIBLE_NOCOLOR: '1',
  };
}

function readEvent(line: string): AnsibleEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return AnsibleEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The line that says what is wrong, else the last one. */
function reasonIn(errors: string): string {
  const lines = errors.split('\n').filter((line) => line.trim() !== '');
  const found = lines.find((line) => line.startsWith('ERROR!')) ?? lines.at(-1) ?? 'it said nothing';
  return visible(found.replace('ERROR! ', '')).slice(0, 400);
}

/** Ansible and all that it has started here. */
function stopGroup(child: ChildProcess): void {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended.
    }
  };
  send('SIGTERM');
  const kill = setTimeout(() => send('SIGKILL'), graceMs).unref();
  // Its number may belong to others once all of it has ended.
  child.once('close', () => clearTimeout(kill));
}
