import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installExtension, startWorkbench } from '../../test/harness/workbench.ts';

/** A VS Code that shows the demo workspace. */
export type OpenedEditor = { readonly where: string; stop(): Promise<void> };

/** Opens desktop VS Code with the extension of this folder; undefined when `code` is not on the PATH. */
export function openDesktop(root: string, folder: string): OpenedEditor | undefined {
  const code = commandOnPath('code');
  if (!code) return undefined;
  const child = spawn(code, ['--new-window', `--extensionDevelopmentPath=${root}`, folder], {
    stdio: 'ignore',
    detached: true,
    shell: process.platform === 'win32',
  });
  child.on('error', (error) => console.error(`VS Code did not start: ${error.message}`));
  child.unref();
  return { where: 'a new window of desktop VS Code', stop: async () => {} };
}

/** Serves a real workbench with the packed extension on 127.0.0.1. */
export async function serveWorkbench(root: string, folder: string): Promise<OpenedEditor> {
  const dataDir = join(root, '.vscode-harness', 'start');
  await installExtension(join(root, '.build', 'muster.vsix'), dataDir);
  const workbench = await startWorkbench({ dataDir });
  const query = new URLSearchParams({ folder }).toString();
  return { where: `open ${workbench.address}?${query}`, stop: workbench.stop };
}

function commandOnPath(name: string): string | undefined {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => existsSync(path));
}
