import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceNativeModules } from './nativeModules.ts';

const folder = fileURLToPath(new URL('../../.vscode-harness/', import.meta.url));
const serverFolder = join(folder, 'node_modules/code-server/lib/vscode');
const stampFile = join(folder, 'installed.json');

/** code-server carries VS Code's own server; 4.139.1 is VS Code 1.139.1. */
const packages = { 'code-server': '4.139.1' };

/** The script that serves a workbench with a real extension host: run it with Node 24. */
export const serverScript = join(serverFolder, 'out/server-main.js');

/**
 * Puts VS Code's server into the git-ignored .vscode-harness/, once. Only npm is needed: no install script
 * runs and nothing is compiled, so it works with the Node that runs us though its own check wants another.
 */
export async function installWorkbench(): Promise<void> {
  const wanted = JSON.stringify(packages);
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === wanted) return;
  console.log('Installing a VS Code workbench into .vscode-harness/ (once, about 800 MB, a minute or two).');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  npmInstall(folder, []);
  // Not `npm ci`: the published shrinkwrap does not fit the published package.json.
  npmInstall(serverFolder, ['--omit=dev']);
  await replaceNativeModules(join(serverFolder, 'node_modules'));
  await writeFile(stampFile, wanted);
}

function npmInstall(cwd: string, flags: readonly string[]): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags, ...quiet], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, npm_config_engine_strict: 'false' },
    shell: process.platform === 'win32',
  });
}
