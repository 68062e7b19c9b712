import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the suite for the extension host, which loads CommonJS; gives the path of its module. */
export async function bundleSuite(root: string): Promise<string> {
  const folder = join(root, '.build', 'inhost');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  const outfile = join(folder, 'suite.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/inhost/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    // Mocha finds its own files at run time, so it stays in node_modules.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
