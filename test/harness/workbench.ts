import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installWorkbench, serverScript } from './install.ts';

export type WorkbenchOptions = {
  /** Where the server keeps settings, extensions and logs. */
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `everything`: there is no Restricted Mode. `ask`: every folder starts in it. */
  readonly trust?: 'everything' | 'ask';
  /** Needed for tests inside the extension host; it keeps notifications from showing. */
  readonly testDriver?: 'on' | 'off';
  /** 0 takes any free port. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
};

/** A VS Code server on 127.0.0.1. */
export type Workbench = {
  readonly port: number;
  readonly address: string;
  /** Folder of this run's log files. */
  readonly logs: string;
  stop(): Promise<void>;
};

/** A quiet workbench: no telemetry, no updates, no assistants, nothing that covers what is tested. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  // The workbench would look through all sockets of the machine again and again, and the demo nodes have many.
  'remote.autoForwardPorts': false,
  'workbench.colorTheme': 'Default Dark Modern',
};

const startTimeoutMs = 60_000;

/** Starts the server, installing it first where needed. Rejects with its log when it does not come up. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  await installWorkbench();
  const userDir = join(options.dataDir, 'data', 'User');
  await mkdir(userDir, { recursive: true });
  await writeFile(
    join(userDir, 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, null, 2),
  );
  const child = spawn(process.execPath, [serverScript, ...serverFlags(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(killer);
  };
  const port = await new Promise<number>((resolve, reject) => {
    let log = '';
    const fail = (why: string): void => reject(new Error(`The workbench ${why}.\n${log}`));
    const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
    const read = (data: Buffer): void => {
      log += data.toString();
      const match = /host agent listening on (\d+)/i.exec(log);
      if (match) resolve(Number(match[1]));
      if (match) clearTimeout(timer);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
  return { port, address: `http://127.0.0.1:${port}/`, logs: join(options.dataDir, 'data', 'logs'), stop };
}

/** Installs a packed extension as a person would. */
export async function installExtension(vsix: string, dataDir: string): Promise<void> {
  await installWorkbench();
  const flags = ['--server-data-dir', dataDir, '--accept-server-license-terms', '--install-extension', vsix];
  const child = spawn(process.execPath, [serverScript, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (data: Buffer) => (log += data.toString()));
  child.stderr.on('data', (data: Buffer) => (log += data.toString()));
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`The extension could not be installed.\n${log}`);
}

function serverFlags(options: WorkbenchOptions): readonly string[] {
  const address = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'];
  const quiet = ['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-experiments'];
  const trust = options.trust === 'ask' ? [] : ['--disable-workspace-trust'];
  const driver = options.testDriver === 'on' ? ['--enable-smoke-test-driver'] : [];
  return [...address, ...quiet, '--server-data-dir', options.dataDir, ...trust, ...driver];
}
