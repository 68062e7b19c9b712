import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** A workspace with an inventory of local nodes n1 to n4, in which `muster` runs as a process of its own. */
export type Workspace = AsyncDisposable & {
  readonly folder: string;
  /** Runs one command line; `when` is called with everything on stdout so far, and may send signals. */
  muster(args: readonly string[], when?: When): Promise<Ended>;
  write(name: string, text: string): Promise<void>;
};
export type When = {
  readonly input?: string;
  /** Called for each piece of output, with all of it and what can be done to the process. */
  readonly sees?: (seen: Seen) => void;
};
export type Seen = {
  readonly out: string;
  kill: (signal: NodeJS.Signals) => void;
  /** Closes the reading end of its stdout. */
  hangUp: () => void;
};

const inventory = `version: 1
nodes:
  n[1-4]: { transport: local, cwd: .., tags: [here] }
  gone: { transport: local, cwd: ../nowhere }
groups:
  pair: { nodes: "n[1-2]" }
`;

export async function createWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-cli-'));
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  await mkdir(join(folder, '.muster'));
  await write('.muster/inventory.yaml', inventory);
  // The nodes are local ones: nothing runs on them before it was allowed.
  await runMuster(folder, ['trust', '--yes'], {});
  return {
    folder,
    write,
    muster: (args, when = {}) => runMuster(folder, args, when),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function runMuster(folder: string, args: readonly string[], when: When): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      LC_ALL: 'C.UTF-8',
      NO_COLOR: '1',
    },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    when.sees?.({ out, kill: (signal) => child.kill(signal), hangUp: () => child.stdout.destroy() });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.end(when.input ?? '');
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}
