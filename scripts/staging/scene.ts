import { globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endEngines } from '../../test/harness/engines.ts';
import { installExtension, startWorkbench, type Workbench } from '../../test/harness/workbench.ts';
import { stageFleet } from './fleet.ts';

export type SceneOptions = {
  readonly nodes: number;
  readonly trust?: 'everything' | 'ask';
  readonly testDriver?: 'on' | 'off';
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A packed extension to install; absent where tests load the extension from its folder. */
  readonly vsix?: string;
};

/** A demo fleet and a workbench of its own in a temporary folder, apart from whatever the user runs. */
export type Scene = {
  readonly workspace: string;
  readonly inventory: string;
  readonly workbench: Workbench;
  /** Where engines of this scene keep their history: the data folder of XDG. */
  readonly dataHome: string;
  /** What engines of this scene wrote to their logs: they say why they ended. */
  engineLog(): string;
  close(): Promise<void>;
};

export async function setScene(options: SceneOptions): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-scene-'));
  const workspace = join(folder, 'demo');
  const dataDir = join(folder, 'vscode');
  const fleet = await stageFleet({ nodes: options.nodes, dir: workspace });
  try {
    if (options.vsix) await installExtension(options.vsix, dataDir);
    const env = await ownFolders(folder);
    const workbench = await startWorkbench({
      ...options,
      dataDir,
      env: { ...env, SSH_AUTH_SOCK: undefined },
    });
    const engineLog = (): string => readLogs(join(env.XDG_RUNTIME_DIR, 'muster'));
    const close = async (): Promise<void> => {
      await workbench.stop();
      endEngines(workbench.logs);
      await fleet.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    return {
      workspace,
      inventory: fleet.inventory,
      workbench,
      dataHome: env.XDG_DATA_HOME,
      engineLog,
      close,
    };
  } catch (error) {
    await fleet.stop();
    throw error;
  }
}

/** History, sockets and keys of a test are its own. */
async function ownFolders(folder: string): Promise<{ XDG_DATA_HOME: string; XDG_RUNTIME_DIR: string }> {
  const env = { XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: join(folder, 'run') };
  for (const path of Object.values(env)) await mkdir(path, { recursive: true, mode: 0o700 });
  return env;
}

function readLogs(folder: string): string {
  return globSync('*.log', { cwd: folder })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('');
}
