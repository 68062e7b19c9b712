import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { commandIds, contextOnlyCommandIds } from '../../extension/commandIds.ts';
import { readText, root, tableRows } from './repository.ts';

const manifest = JSON.parse(readText('package.json'));

describe('package.json', () => {
  it('contributes exactly the commands of the extension', () => {
    const contributed: string[] = manifest.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    assert.deepEqual(contributed.toSorted(), commandIds.toSorted());
  });

  it('hides from the palette what means nothing without a row', () => {
    const hidden: string[] = manifest.contributes.menus.commandPalette
      .filter(({ when }: { when: string }) => when === 'false')
      .map(({ command }: { command: string }) => command);
    assert.deepEqual(
      contextOnlyCommandIds.filter((id) => !hidden.includes(id)),
      [],
    );
  });

  it('points its programs into what the build makes', () => {
    const build = readText('esbuild.mjs');
    for (const file of [manifest.main, manifest.bin.muster]) {
      assert.ok(
        build.includes(`'${file.replace(/^\.?\/?dist\//, '')}'`) || build.includes(file.replace('./', '')),
        file,
      );
    }
  });

  it('runs only scripts that exist', () => {
    const commands = Object.values<string>(manifest.scripts);
    const files = commands.flatMap(
      (command) => command.match(/\b(?:scripts|test|bench)\/[\w/-]+\.(?:ts|mjs)\b/g) ?? [],
    );
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
    const called = commands.flatMap((command) =>
      [...command.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name),
    );
    assert.deepEqual(
      called.filter((name) => name && !manifest.scripts[name]),
      [],
    );
  });
});

describe('the documents', () => {
  const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })].filter((file) =>
    existsSync(join(root, file)),
  );

  it('promise only npm scripts that exist', () => {
    const missing = pages.flatMap((page) =>
      [...readText(page).matchAll(/npm (?:run )?(start|test|[\w-]+:[\w-]+|(?<=run )[\w-]+)/g)]
        .map(([, name]) => name)
        .filter((name) => name && !manifest.scripts[name])
        .map((name) => `${page}: npm run ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  it('have no marks of an unfinished merge', () => {
    const marked = [...pages, 'CHANGELOG.md'].flatMap((page) =>
      readText(page)
        .split('\n')
        .filter((line) => /^(?:<{7}|\|? ?={7}|>{7}|(?:> ){6}>)/.test(line))
        .map((line) => `${page}: ${line}`),
    );
    assert.deepEqual(marked, []);
  });

  it('link only to files that exist', () => {
    const missing = pages.flatMap((page) =>
      [...readText(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, link]) => link ?? '')
        .filter((link) => !existsSync(join(root, page, '..', link)))
        .map((link) => `${page}: ${link}`),
    );
    assert.deepEqual(missing, []);
  });

  it('list every setting with its default and scope', () => {
    type Setting = { default: unknown; scope: string };
    const parts: { properties: Record<string, Setting> }[] = manifest.contributes.configuration;
    const settings = parts.flatMap(({ properties }) => Object.entries(properties));
    const declared = settings.map(([name, setting]) => [name, defaultText(setting.default), setting.scope]);
    const listed = tableRows('docs/vscode.md')
      .filter(([name = '']) => name.startsWith('muster.'))
      .map((cells) => cells.slice(0, 3));
    assert.deepEqual(listed.toSorted(byName), declared.toSorted(byName));
  });

  it('call commands by the titles that VS Code shows', () => {
    const titles = new Set(Object.values<string>(JSON.parse(readText('package.nls.json'))));
    const called = pages.flatMap((page) =>
      [...readText(page).matchAll(/_Muster: ([^_]+)_/g)].map(([, title = '']) => title),
    );
    assert.notEqual(called.length, 0);
    assert.deepEqual(
      called.filter((title) => !titles.has(title)),
      [],
    );
  });
});

function defaultText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function byName([a = '']: readonly string[], [b = '']: readonly string[]): number {
  return a < b ? -1 : 1;
}
