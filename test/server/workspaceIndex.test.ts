import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ignoreOf } from '../../server/index/ignored.ts';
import { createFolderKinds } from '../../server/index/folderKinds.ts';
import { createScheduler } from '../../server/index/scheduler.ts';
import type { WorkspaceIndex } from '../../server/index/workspaceIndex.ts';
import { createFileReader } from '../../server/index/fileReader.ts';
import { createIndex } from '../../server/index/workspaceIndex.ts';
import { indexRules, usualLargest } from '../../server/index/fileKinds.ts';
import type { MusterDocument } from '../../server/service/document.ts';
import { languageOf } from '../../server/service/languages.ts';
import { nameOf } from '../../server/service/uris.ts';
import { documentOf } from './cursor.ts';

describe('the index of a workspace', () => {
  let folder = '';
  beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-index-')))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;

  /** An index of the folder, and the documents that are open. */
  async function indexOf(settings: { value: unknown } = { value: {} }): Promise<{
    index: WorkspaceIndex;
    open(name: string, text: string): void;
    close(name: string): void;
    affected: string[];
  }> {
    const documents = new Map<string, () => MusterDocument>();
    const affected: string[] = [];
    const index = createIndex({
      kinds: createFolderKinds({ client: () => indexRules(settings.value) }),
      reader: createFileReader(),
      scheduler: createScheduler(),
      open: () => documents,
      report: (error) => assert.fail(String(error)),
    });
    index.onDidChange((uris) => affected.push(...[...uris].map(nameOf)));
    await index.setFolders([pathToFileURL(folder).href]);
    return {
      index,
      affected,
      open(name, text) {
        const uri = uriOf(name);
        const document = documentOf(text, languageOf(uri) ?? '', uri);
        documents.set(uri, () => document);
        index.forget();
        index.settle(uri);
      },
      close(name) {
        documents.delete(uriOf(name));
        index.forget();
        index.settle(uriOf(name));
      },
    };
  }

  const names = ({ index }: { index: WorkspaceIndex }): readonly string[] =>
    index.workspace().uris.map((uri) => uri.slice(pathToFileURL(folder).href.length + 1));

  it('has the files of ours, without what is ignored, too large or of others', async () => {
    write({
      'fleet.inventory.yaml': 'nodes: { a: }\n',
      '.muster/inventory.yaml': 'nodes: { b: }\n',
      'plays/one.playbook.yaml': 'steps: []\n',
      'plays/big.playbook.yaml': `# ${'x'.repeat(usualLargest)}\n`,
      'out/two.playbook.yaml': 'steps: []\n',
      'plays/old.task.yaml': 'steps: []\n',
      'plays/.gitignore': 'old.*\n',
      '.gitignore': '/out/\n',
      'node_modules/x/y.playbook.yaml': 'steps: []\n',
      'compose.yaml': 'services: {}\n',
    });
    const built = await indexOf();
    assert.deepEqual(names(built), [
      '.muster/inventory.yaml',
      'fleet.inventory.yaml',
      'plays/one.playbook.yaml',
    ]);
    assert.deepEqual([...built.index.workspace().inventory.nodes.keys()].toSorted(), ['a', 'b']);
  });

  it('has the files that the configuration names, and none that it leaves out', async () => {
    write({
      '.muster/config.yaml':
        "index:\n  files: { 'deploy/**/*.yaml': playbook, 'hosts.yml': inventory, 'vendor/**': none }\n  maxFileSize: 4KB\n",
      'deploy/a/one.yaml': 'steps: []\n',
      'deploy/kept out.yaml': 'steps: []\n',
      'deploy/.gitignore': 'kept*\n',
      'deploy/big.yaml': `# ${'x'.repeat(5000)}\n`,
      'site/hosts.yml': 'nodes: { a: }\n',
      'vendor/other.playbook.yaml': 'steps: []\n',
      'other.yaml': 'nodes: { b: }\n',
    });
    const { index } = await indexOf();
    assert.deepEqual(names({ index }), ['.muster/config.yaml', 'deploy/a/one.yaml', 'site/hosts.yml']);
    assert.deepEqual([...index.workspace().inventory.nodes.keys()], ['a']);
    assert.equal(
      index.workspace().document(uriOf('deploy/a/one.yaml'))?.document.languageId,
      'muster-playbook',
    );
    write({ '.muster/config.yaml': "index: { files: { 'other.*': inventory } }\n" });
    await index.reread([uriOf('.muster/config.yaml')]);
    assert.deepEqual(names({ index }), ['.muster/config.yaml', 'other.yaml', 'vendor/other.playbook.yaml']);
  });

  it('goes by the settings of the editor before the configuration, also when they change', async () => {
    write({ '.muster/config.yaml': "index: { files: { '*.yml': inventory } }\n", 'a.yml': 'steps: []\n' });
    const settings: { value: unknown } = { value: { files: { 'a.*': 'task', 'b.*': 'nonsense' } } };
    const { index } = await indexOf(settings);
    const language = () => index.workspace().document(uriOf('a.yml'))?.document.languageId;
    assert.equal(language(), 'muster-task');
    settings.value = {};
    await index.setKinds();
    assert.equal(language(), 'muster-inventory');
    settings.value = { files: { '**': 'none' }, maxFileSize: '1KB' };
    await index.setKinds();
    assert.deepEqual(names({ index }), []);
  });

  it('never looks outside of its folders, not even through a link', async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'muster-outside-')));
    try {
      writeFileSync(join(outside, 'secret.inventory.yaml'), 'nodes: { hidden: }\n');
      write({ 'a.inventory.yaml': 'nodes: { a: }\n' });
      symlinkSync(outside, join(folder, 'link'));
      symlinkSync(join(outside, 'secret.inventory.yaml'), join(folder, 'b.inventory.yaml'));
      const built = await indexOf();
      await built.index.reread([uriOf('b.inventory.yaml'), uriOf('link/secret.inventory.yaml')]);
      assert.deepEqual(names(built), ['a.inventory.yaml']);
      const { exists, list } = built.index.workspace();
      assert.equal(exists(pathToFileURL(join(outside, 'secret.inventory.yaml')).href), undefined);
      assert.equal(list(pathToFileURL(outside).href), undefined);
      assert.equal(list(uriOf('link')), undefined);
      assert.deepEqual(
        list(pathToFileURL(folder).href)?.map(({ name }) => name),
        ['a.inventory.yaml', 'b.inventory.yaml', 'link'],
      );
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('goes by open documents before the disk', async () => {
    write({ 'a.inventory.yaml': 'nodes: { old: }\n' });
    const built = await indexOf();
    built.open('a.inventory.yaml', 'nodes: { fresh: }\n');
    assert.deepEqual([...built.index.workspace().inventory.nodes.keys()], ['fresh']);
    built.close('a.inventory.yaml');
    assert.deepEqual([...built.index.workspace().inventory.nodes.keys()], ['old']);
  });

  it('says which open documents depend on what has changed, and no others', async () => {
    write({ 't.task.yaml': 'params: { a: { type: string } }\nsteps: []\n' });
    const built = await indexOf();
    built.open('uses.playbook.yaml', 'steps:\n  - task: t.task.yaml\n    with: { a: 1 }\n');
    built.open('other.task.yaml', 'steps:\n  - run: echo\n');
    built.affected.length = 0;
    write({ 't.task.yaml': 'params: { b: { type: string } }\nsteps: []\n' });
    await built.index.reread([uriOf('t.task.yaml')]);
    assert.deepEqual(built.affected, ['uses.playbook.yaml']);
    built.affected.length = 0;
    built.open('fleet.inventory.yaml', 'nodes: { a: }\n');
    assert.deepEqual(built.affected, ['uses.playbook.yaml']);
    built.affected.length = 0;
    built.open('other.task.yaml', 'steps:\n  - run: echo 2\n');
    assert.deepEqual(built.affected, []);
  });

  it('reads a file that a step fills in, and again once it is saved', async () => {
    write({ 'a.tpl': 'one' });
    const built = await indexOf();
    built.open('fills.playbook.yaml', 'steps:\n  - template: { from: ./a.tpl, to: /etc/a }\n');
    assert.equal(built.index.workspace().text(uriOf('a.tpl'))?.text, 'one');
    built.affected.length = 0;
    write({ 'a.tpl': 'three' });
    await built.index.reread([uriOf('a.tpl')]);
    assert.deepEqual(built.affected, ['fills.playbook.yaml']);
    assert.equal(built.index.workspace().text(uriOf('a.tpl'))?.text, 'three');
  });

  it('takes what the engine knows of other sources, and is closed once that is all', async () => {
    write({ 'a.inventory.yaml': 'nodes: { a: }\nsources: [{ type: command, run: ./nodes.sh }]\n' });
    const { index } = await indexOf();
    assert.equal(index.workspace().isClosed, false);
    const { nodes } = index.workspace().inventory.inventory;
    const [node] = nodes;
    assert.ok(node);
    const part = {
      nodes: [],
      groups: [],
      defaults: { settings: {}, vars: new Map(), facts: new Map(), tags: [] },
      sources: [],
      problems: [],
    };
    const described = { name: 'dyn', place: {}, settings: {}, vars: new Map(), facts: new Map(), tags: [] };
    index.setSnapshot({ part: { ...part, nodes: [described] }, sources: new Set(['./nodes.sh']) });
    assert.equal(index.workspace().isClosed, true);
    assert.deepEqual([...index.workspace().inventory.nodes.keys()].toSorted(), ['a', 'dyn']);
  });
});

describe('a .gitignore', () => {
  const table: readonly (readonly [lines: string, path: string, said: string | undefined])[] = [
    ['*.log', 'a/b.log', 'ignored'],
    ['/build', 'build', 'ignored'],
    ['/build', 'a/build', undefined],
    ['build/', 'build', undefined],
    ['a/**/b', 'a/x/y/b', 'ignored'],
    ['a/**/b', 'a/b', 'ignored'],
    ['**/b', 'x/b', 'ignored'],
    ['*.yaml\n!keep.yaml', 'keep.yaml', 'wanted'],
    ['# *.yaml', 'a.yaml', undefined],
    ['\\#x', '#x', 'ignored'],
    ['a?c', 'abc', 'ignored'],
    ['a?c', 'a/c', undefined],
    ['a+(b', 'a+(b', 'ignored'],
    ['*a'.repeat(30), 'a'.repeat(100), undefined],
  ];
  for (const [lines, path, said] of table)
    it(`${JSON.stringify(lines)} says ${said ?? 'nothing'} of ${path.slice(0, 20)}`, () => {
      assert.equal(ignoreOf(lines)(path, 'file'), said);
    });
});

describe('the scheduler', () => {
  it('does what a person waits for first, one piece at a time', async () => {
    const scheduler = createScheduler();
    const order: string[] = [];
    const piece = (urgency: Parameters<typeof scheduler.run>[0], name: string): Promise<void> =>
      scheduler.run(urgency, async () => {
        order.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} ends`);
      });
    await Promise.all([piece('background', 'a'), piece('open', 'b'), piece('interactive', 'c')]);
    assert.deepEqual(order, ['c begins', 'c ends', 'b begins', 'b ends', 'a begins', 'a ends']);
  });

  it('goes on after work that failed', async () => {
    const scheduler = createScheduler();
    await assert.rejects(
      scheduler.run('open', () => {
        throw new Error('no');
      }),
      /no/,
    );
    assert.equal(await scheduler.run('open', () => 1), 1);
  });
});
