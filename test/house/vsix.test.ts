import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packedFiles } from './archive.ts';
import { root } from './repository.ts';

/** Bytes that the packed extension may have. */
const budget = 2 * 1024 * 1024;

/** Everything the package may contain, by path inside it. */
const expected = [
  /^extension\/(?:package(?:\.nls(?:\.[\w-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/(?:extension|engine|parse|demo|askpass|server|cli|cli-main|shared-\w{8})\.js$/,
  /^extension\/dist\/package\.json$/,
  /^extension\/dist\/schemas\/(?:inventory|playbook|task|config|policy)\.json$/,
  /^extension\/dist\/webview\/(?:panel\.js|newRun\.js|panel\.css|codicon\.css|codicon\.ttf)$/,
  /^extension\/media\/[\w./-]+\.(?:svg|png|json|md)$/,
  /^extension\/types\/muster\.d\.ts$/,
  /^extension\/docs\/(?:rules|reference)\/[\w-]+\.md$/i,
  /^extension\/docs\/images\/[\w-]+\.webp$/,
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
];

/** In VS Code's own process a program is one file, which is loaded fastest. */
const isProgramInNode = (name: string): boolean =>
  /^dist\/[\w-]+\.js$/.test(name) && name !== 'dist/extension.js';

describe('the packed extension (npm run package makes it)', function () {
  const vsix = readFileSync(join(root, '.build/muster.vsix'));
  const files = packedFiles(vsix);

  it('has fewer than 2 MB', () => {
    assert.ok(vsix.length < budget, `${vsix.length} bytes`);
  });

  it('contains what is shipped and nothing else', () => {
    const names = files.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => !expected.some((pattern) => pattern.test(name))),
      [],
    );
    for (const program of ['extension', 'engine', 'parse', 'demo', 'askpass', 'server', 'cli', 'cli-main']) {
      assert.ok(names.includes(`extension/dist/${program}.js`), program);
    }
  });

  it('has what the command line, the engine and the language server share once', () => {
    const scripts = files.map(({ name }) => name.replace('extension/', '')).filter(isProgramInNode);
    // Texts of ssh2 and of yaml.
    for (const text of ['All configured authentication methods failed', 'Unresolved alias']) {
      const having = scripts.filter((name) => readFileSync(join(root, name), 'utf8').includes(text));
      assert.equal(having.length, 1, `"${text}" in ${having.join(', ')}`);
    }
  });

  it('has pages that carry no validator: the host validates', () => {
    for (const page of ['panel.js', 'newRun.js']) {
      const script = readFileSync(join(root, 'dist/webview', page), 'utf8');
      assert.ok(!script.includes('_zod'), page);
    }
  });

  it('has the schemas that it names', () => {
    const manifest: { contributes: { yamlValidation: { url: string }[] } } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    const named = manifest.contributes.yamlValidation.map(({ url }) => url.replace('./', 'extension/'));
    const names = files.map(({ name }) => name).filter((name) => name.includes('/schemas/'));
    assert.deepEqual(names.toSorted(), named.toSorted());
  });

  it('has no native module', () => {
    assert.deepEqual(
      files.filter(({ name }) => /\.(?:node|dll|so|dylib|wasm)$/.test(name)),
      [],
    );
  });

  it('runs from the bundle alone, without node_modules', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-bundle-'));
    try {
      execFileSync('cp', ['-R', join(root, 'dist'), join(root, 'package.json'), folder]);
      const cli = join(folder, 'dist/cli.js');
      const printed = execFileSync(process.execPath, [cli, 'nodeset', 'fold', 'web01', 'web02'], {
        encoding: 'utf8',
        env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), LOCALAPPDATA: join(folder, 'cache') },
      });
      assert.equal(printed.trim(), 'web[01-02]');
      assert.ok(
        existsSync(join(folder, 'cache/muster/compiled')),
        'compiled code is kept in a folder of the user',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
