// Bundles every program of the product into dist/. `--watch` keeps building with source maps;
// `--only=programs,extension` builds some of them.
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { partsInPlace, writtenAsCommonJs } from './scripts/building/sharing.ts';

const root = dirname(fileURLToPath(import.meta.url));
const { values: flags } = parseArgs({
  options: { watch: { type: 'boolean', default: false }, only: { type: 'string' } },
});

/** What all bundles have in common. The package carries no source maps. */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !flags.watch,
  sourcemap: flags.watch ? 'linked' : false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** In the files that are written, all of them CommonJS. */
const asCommonJs = {
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  // CommonJS knows no import.meta.url: building must fail, not run into undefined.
  logOverride: { 'empty-import-meta': 'error' },
};

/**
 * ssh2 has two optional native parts and runs in pure JavaScript without them (mscdex/ssh2#1110):
 * left external, their absence is caught by ssh2 itself at run time.
 */
const forNode = {
  ...common,
  platform: 'node',
  target: 'node22',
  external: ['vscode', 'cpu-features', '*.node'],
  // The language server packages' `main` is UMD, which cannot be bundled.
  mainFields: ['module', 'main'],
};

const alone = { ...forNode, ...asCommonJs, format: 'cjs' };

/** The engine, what it starts, the command line and the language server: what they have in common is there once. */
const programs = {
  ...forNode,
  entryPoints: {
    engine: 'engine/main.ts',
    parse: 'engine/sources/parseProcess.ts',
    demo: 'engine/demo/main.ts',
    server: 'server/main.ts',
    'cli-main': 'cli/main.ts',
  },
  format: 'esm',
  splitting: true,
  outdir: 'dist',
  chunkNames: 'shared-[hash]',
  sourcemap: flags.watch ? 'inline' : false,
  plugins: [
    partsInPlace,
    writtenAsCommonJs(join(root, 'dist'), {
      ...asCommonJs,
      target: forNode.target,
      minify: common.minify,
      sourcemap: flags.watch ? 'inline' : false,
    }),
  ],
};

const forBrowser = { ...common, platform: 'browser', target: 'chrome128', format: 'iife' };

/** Name of a program → how it is built. */
const bundles = {
  extension: { ...alone, entryPoints: ['extension/main.ts'], outfile: 'dist/extension.js' },
  programs,
  askpass: {
    ...alone,
    entryPoints: ['engine/transports/openssh/askpassProcess.ts'],
    outfile: 'dist/askpass.js',
  },
  webview: { ...forBrowser, entryPoints: ['webview/main.ts'], outfile: 'dist/webview/panel.js' },
  newRun: { ...forBrowser, entryPoints: ['webview/newRun/main.ts'], outfile: 'dist/webview/newRun.js' },
};

/** The first file that `muster` loads: small, so that the compile cache is on before the large one is read. */
const cliLauncher = `#!/usr/bin/env node
'use strict';
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error('muster needs Node 22.13 or later; this is ' + process.versions.node + '.');
  process.exit(64);
}
// A young generation that does not grow: a large inventory is read in three quarters of the memory, no slower.
require('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
// Compiled code is as good as a program: it stays where nobody else can put any, unlike in the system's /tmp.
const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
const own = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : HOME && HOME + '/.cache';
const caches = process.platform === 'win32' ? LOCALAPPDATA : own;
if (caches) require('node:module').enableCompileCache(caches + '/muster/compiled');
require('./cli-main.js');
`;

const chosen = choose(flags.only);
await prepare();
if (flags.watch) await watch(chosen);
else {
  // esbuild has printed its errors by then.
  const files = await buildAll(chosen).catch(() => process.exit(1));
  await writeSchemas();
  await writeLauncher();
  if (!flags.only) await removeOthers([...files, 'cli.js']);
}

/** The bundles asked for; ends the build when a name or an entry point is missing. */
function choose(only) {
  const names = only ? only.split(',') : Object.keys(bundles);
  const problems = names.flatMap((name) => {
    const bundle = bundles[name];
    if (!bundle) return [`There is no program "${name}". Programs: ${Object.keys(bundles).join(', ')}.`];
    return Object.values(bundle.entryPoints)
      .filter((entry) => !existsSync(join(root, entry)))
      .map((entry) => `The entry point ${entry} of "${name}" is missing.`);
  });
  if (problems.length > 0) {
    for (const problem of problems) console.error(problem);
    process.exit(1);
  }
  return names;
}

/** Everything in dist/ that is not bundled. */
async function prepare() {
  const dist = join(root, 'dist');
  await mkdir(join(dist, 'webview'), { recursive: true });
  await writeFile(join(dist, 'package.json'), '{"type":"commonjs"}\n');
  const codicons = join(root, 'node_modules/@vscode/codicons/dist');
  for (const file of ['codicon.css', 'codicon.ttf']) {
    await copyFile(join(codicons, file), join(dist, 'webview', file));
  }
}

/** JSON Schemas of what people write, for documents that stay with another YAML extension; compact, for nobody reads them. */
async function writeSchemas() {
  const folder = join(root, 'dist', 'schemas');
  await mkdir(folder, { recursive: true });
  const { toJsonSchema } = await import('./core/schema/jsonSchema.ts');
  const files = {
    inventory: (await import('./core/schema/inventory.ts')).InventoryFile,
    playbook: (await import('./core/schema/playbook.ts')).PlaybookFile,
    task: (await import('./core/schema/task.ts')).TaskFile,
    config: (await import('./core/schema/config.ts')).ConfigFile,
    policy: (await import('./core/schema/policy.ts')).PolicyFile,
  };
  for (const [kind, schema] of Object.entries(files))
    await writeFile(join(folder, `${kind}.json`), JSON.stringify(toJsonSchema(schema)));
}

/** Comes after what it loads: the command line may be in use while it is built again. */
async function writeLauncher() {
  const launcher = join(root, 'dist', 'cli.js');
  await writeFile(launcher, cliLauncher);
  await chmod(launcher, 0o755);
}

/** Scripts of earlier builds: the names of shared files tell what is in them. */
async function removeOthers(names) {
  const dist = join(root, 'dist');
  const others = (await readdir(dist)).filter((name) => /\.js(\.map)?$/.test(name) && !names.includes(name));
  await Promise.all(others.map((name) => rm(join(dist, name))));
}

/** Names of the files that were made. */
async function buildAll(names) {
  const results = await Promise.all(names.map((name) => esbuild.build(bundles[name])));
  const files = results.flatMap(({ metafile }) => Object.entries(metafile.outputs));
  for (const [file, { bytes }] of files) {
    console.log(`${file.padEnd(24)} ${(bytes / 1024).toFixed(0).padStart(5)} KB`);
  }
  return files.map(([file]) => basename(file));
}

async function watch(names) {
  for (const name of names) await (await esbuild.context(bundles[name])).watch();
  console.log(`Watching ${names.join(', ')}. Ctrl-C ends it.`);
}
