import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inventory } from '../../../core/inventory/model.ts';
import type { SourceRef } from '../../../core/inventory/source.ts';
import { createCommandCache } from '../../../engine/sources/commandSource.ts';
import { createInventoryLoader, type LoadOptions } from '../../../engine/sources/loadInventory.ts';
import { createParseAside } from '../../../engine/sources/parseAside.ts';
import { createTrustStore } from '../../../engine/trust/trustStore.ts';
import { tempFolder } from '../tempFolder.ts';

const parseProcess = fileURLToPath(new URL('../../../engine/sources/parseProcess.ts', import.meta.url));
const trusted: LoadOptions = { trusted: true, localNodes: 'allowed' };

type Desk = ReturnType<typeof createDesk>;

/** A folder with inventories, and an engine's sources over it; its clock stands still until it is moved. */
function createDesk(folder: string, { isAside = false }: { isAside?: boolean } = {}) {
  let now = 1_000_000;
  const trust = createTrustStore(join(folder, 'data', 'trust.json'));
  const env = { PATH: process.env['PATH'] ?? '' };
  const limits = { timeMs: 1500, bytes: 10_000_000 };
  const commands = createCommandCache({ folder: join(folder, 'data', 'cache'), home: folder, env, limits });
  const aside = isAside
    ? createParseAside({ program: parseProcess, limitMs: 30_000, heapMb: 200 })
    : undefined;
  const loader = createInventoryLoader({ home: folder, aside, now: () => now, trust, commands });
  const load = async (sources: SourceRef[], options: Partial<LoadOptions> = {}) =>
    (await loader.load(sources, { ...trusted, ...options })).inventory;
  return {
    folder,
    trust,
    loader,
    aside,
    load,
    pass: (ms: number) => void (now += ms),
    write(name: string, text: string): string {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    async allow(sources: SourceRef[]): Promise<void> {
      const { sources: states } = await load(sources, { localNodes: 'approved' });
      await trust.add(
        states.flatMap(({ approvals }) => approvals),
        now,
      );
    },
  };
}

const names = ({ nodes }: Inventory) => nodes.map(({ name }) => name);
const states = ({ sources }: Inventory) => sources.map(({ status, message }) => [status, message]);

describe('sources of an inventory', function () {
  const inFolder = (work: (desk: Desk) => Promise<void>) => async () => {
    await using folder = await tempFolder();
    await work(createDesk(folder.path));
  };

  it(
    'finds out what kind of inventory a file is',
    inFolder(async (desk) => {
      const kinds: [string, string, string][] = [
        ['a/.muster/inventory.yaml', 'nodes:\n  m1:\n', 'muster'],
        ['b/hosts', '[web]\nw1 ansible_host=10.0.0.1\n', 'ansible'],
        ['c/all.yml', 'all:\n  hosts:\n    y1:\n', 'ansible'],
        ['d/inventory.yaml', 'version: 2\ntargets:\n  - uri: b1.example.com\n', 'bolt'],
        ['e/list.txt', 'l1\nl2\n', 'hosts'],
        ['f/nodes.csv', 'name,host\nc1,10.0.0.9\n', 'csv'],
        ['g/groups.d/local.cfg', 'web: g[1-2]\n', 'clustershell'],
      ];
      for (const [name, text, type] of kinds) {
        const { sources, problems, nodes } = await desk.load([{ path: desk.write(name, text) }]);
        assert.deepEqual([name, sources[0]?.type, problems], [name, type, []]);
        assert.ok(nodes.length > 0, name);
      }
    }),
  );

  it(
    'loads the sources that an inventory names, each once, and merges them by priority',
    inFolder(async (desk) => {
      const path = desk.write(
        '.muster/inventory.yaml',
        [
          'nodes:',
          '  web1: { user: own }',
          'groups:',
          '  site: { groups: [web], nodes: [extra] }',
          'sources:',
          '  - { type: ansible, path: ../hosts }',
          '  - { type: hosts, path: ../list, priority: 200 }',
          '  - { type: muster, path: inventory.yaml }',
        ].join('\n'),
      );
      desk.write('hosts', '[web]\nweb1 ansible_user=theirs ansible_port=2222\n');
      desk.write('list', 'boss@web1\nextra\n');
      const inventory = await desk.load([{ type: 'muster', path }]);
      assert.deepEqual(inventory.problems, []);
      assert.deepEqual(
        inventory.sources.map(({ type }) => type),
        ['muster', 'ansible', 'hosts'],
      );
      const web = inventory.nodes.find(({ name }) => name === 'web1');
      assert.deepEqual([web?.connection.user, web?.connection.port, web?.sources.length], ['boss', 2222, 3]);
      assert.deepEqual(inventory.groups.find(({ name }) => name === 'site')?.nodes, ['extra']);
    }),
  );

  it(
    'reads again only what has changed, vars files and files that were not there too',
    inFolder(async (desk) => {
      const path = desk.write('hosts', 'n1\n');
      const load = () => desk.loader.load([{ type: 'ansible', path }], trusted);
      const first = await load();
      assert.equal(await load(), first);
      desk.write('group_vars/all.yml', 'x: 1\n');
      const second = await load();
      assert.deepEqual(second.inventory.nodes[0]?.vars, { x: 1 });
      assert.ok(second.inventory.sources[0]?.files.includes(join(desk.folder, 'host_vars')));
      desk.write('group_vars/all.yml', 'x: 2\n');
      utimesSync(join(desk.folder, 'group_vars/all.yml'), 5, 5);
      assert.deepEqual((await load()).inventory.nodes[0]?.vars, { x: 2 });
    }),
  );

  it(
    'shows a source that has become broken as it was, and runs nothing on it; others stay usable',
    inFolder(async (desk) => {
      const refs: SourceRef[] = [
        { type: 'muster', path: desk.write('a.yaml', 'nodes:\n  a1:\n  a2:\n') },
        { type: 'hosts', path: desk.write('b', 'b1\n') },
      ];
      assert.deepEqual(states(await desk.load(refs)), [
        ['ok', undefined],
        ['ok', undefined],
      ]);
      desk.pass(60_000);
      desk.write('a.yaml', 'nodes:\n  a1: { port: many }\n');
      const broken = await desk.load(refs);
      assert.deepEqual(names(broken), ['a1', 'a2', 'b1']);
      assert.deepEqual(
        broken.nodes.map(({ blocked }) => blocked !== undefined),
        [true, true, false],
      );
      assert.equal(broken.sources[0]?.shownAsOf, 1_000_000);
      assert.match(broken.problems[0]?.message ?? '', /many/);
      desk.write('a.yaml', 'nodes:\n  a3:\n');
      assert.deepEqual(names(await desk.load(refs)), ['a3', 'b1']);
    }),
  );

  it(
    'refuses pipes, folders, binary files and what is not UTF-8, at once and with the line',
    inFolder(async (desk) => {
      execFileSync('mkfifo', [join(desk.folder, 'pipe')]);
      mkdirSync(join(desk.folder, 'folder'));
      const table: [string, string | Buffer | undefined, RegExp][] = [
        ['pipe', undefined, /^It is not a regular file/],
        ['folder', undefined, /^It is a folder/],
        ['binary', Buffer.from('web1\nweb\0\n'), /line 2 has a NUL byte/],
        ['latin', Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xe9, 0x0a]), /not UTF-8: look at line 3/],
        ['gone', undefined, /There is no such file/],
      ];
      for (const [name, content, message] of table) {
        const path = join(desk.folder, name);
        if (content !== undefined) writeFileSync(path, content);
        const { problems, sources } = await desk.load([{ type: 'hosts', path }]);
        assert.match(problems[0]?.message ?? '', message);
        assert.equal(sources[0]?.status, name === 'gone' ? 'failed' : 'refused');
      }
    }),
  );

  it(
    'takes folders and the repositories in them as local nodes',
    inFolder(async (desk) => {
      desk.write('app/.git/HEAD', 'ref: refs/heads/main\n');
      desk.write('libs/app/.git/HEAD', `${'a'.repeat(40)}\n`);
      desk.write('node_modules/x/.git/HEAD', 'ref: refs/heads/x\n');
      const { nodes } = await desk.load([{ type: 'folders', path: desk.folder }]);
      const [, ...repositories] = nodes;
      assert.deepEqual(
        repositories.map(({ name, facts, tags, connection }) => [
          name.split('/').slice(-2).join('/'),
          facts['git.branch'],
          tags[0],
          connection.transport,
        ]),
        [
          [`${desk.folder.split('/').at(-1)}/app`, 'main', 'repository', 'local'],
          ['libs/app', 'a'.repeat(12), 'repository', 'local'],
        ],
      );
    }),
  );

  describe('of commands', () => {
    const script = (text: string) => `#!/bin/sh\necho ran >> "$0.log"\n${text}\n`;
    const list = `echo '{"web":{"hosts":["c1"],"vars":{"x":1}}}'`;
    const runs = (desk: Desk) => {
      try {
        return readFileSync(join(desk.folder, 'nodes.sh.log'), 'utf8').split('\n').length - 1;
      } catch {
        return 0;
      }
    };
    const withScript = (desk: Desk, text: string): SourceRef[] => {
      chmodSync(desk.write('nodes.sh', script(text)), 0o755);
      return [{ type: 'command', path: desk.folder, run: './nodes.sh', ttlMs: 60_000 }];
    };

    it(
      'run nothing before a person has allowed that very command, and never where nothing is trusted',
      inFolder(async (desk) => {
        const refs = withScript(desk, list);
        assert.deepEqual(states(await desk.load(refs)), [
          ['held', 'not run: nobody has allowed this command yet'],
        ]);
        await desk.allow(refs);
        assert.deepEqual(states(await desk.load(refs, { trusted: false })), [['held', 'not run, untrusted']]);
        assert.equal(runs(desk), 0);
        assert.deepEqual(names(await desk.load(refs)), ['c1']);
        withScript(desk, `${list} # changed`);
        assert.deepEqual(states(await desk.load(refs))[0]?.[0], 'held');
        assert.equal(runs(desk), 1);
      }),
    );

    it(
      'run again when their answer is old, and when somebody asks',
      inFolder(async (desk) => {
        const refs = withScript(desk, list);
        await desk.allow(refs);
        const first = await desk.load(refs);
        assert.equal(first.sources[0]?.expiresAt, 1_060_000);
        await desk.load(refs);
        assert.equal(runs(desk), 1);
        desk.pass(60_001);
        await desk.load(refs);
        assert.equal(runs(desk), 2);
        await desk.load(refs, { refresh: true });
        assert.equal(runs(desk), 3);
      }),
    );

    it(
      'give the last answer, with a warning, when they fail; and are ended when they hang',
      inFolder(async (desk) => {
        const refs = withScript(
          desk,
          '[ -e fail ] && { echo no route >&2; exit 3; }; [ -e hang ] && sleep 30; ' + list,
        );
        await desk.allow(refs);
        desk.write('fail', '');
        assert.deepEqual(states(await desk.load(refs)), [['failed', './nodes.sh: exit 3: no route']]);
        execFileSync('rm', [join(desk.folder, 'fail')]);
        assert.deepEqual(names(await desk.load(refs, { refresh: true })), ['c1']);
        desk.write('hang', '');
        const late = await desk.load(refs, { refresh: true });
        assert.deepEqual(
          [names(late), states(late)],
          [['c1'], [['ok', './nodes.sh: it took longer than 1.5 s']]],
        );
        assert.equal(late.problems[0]?.severity, 'warning');
      }),
    );
  });

  it(
    'keeps what was allowed in a file that nobody else can read',
    inFolder(async (desk) => {
      const refs: SourceRef[] = [
        { type: 'muster', path: desk.write('a.yaml', 'nodes:\n  here: { transport: local }\n') },
      ];
      await desk.allow(refs);
      assert.equal(statSync(join(desk.folder, 'data', 'trust.json')).mode & 0o777, 0o600);
      assert.deepEqual((await desk.load(refs, { localNodes: 'approved' })).sources[0]?.approvals, []);
      desk.write('a.yaml', 'nodes:\n  here: { transport: local }\n  there: { transport: local }\n');
      assert.deepEqual(
        (await desk.load(refs, { localNodes: 'approved' })).sources[0]?.approvals.map(({ kind, what }) => [
          kind,
          what,
        ]),
        [['local-nodes', 'here there']],
      );
      writeFileSync(join(desk.folder, 'data', 'trust.json'), '{ broken');
      assert.equal((await desk.trust.approved()).size, 0);
    }),
  );

  it('reads large files in a process of its own, which a hostile one can end without ending ours', async () => {
    await using folder = await tempFolder();
    const desk = createDesk(folder.path, { isAside: true });
    const many = Array.from(
      { length: 12_000 },
      (_, at) => `  web${at}: { tags: [a], vars: { n: ${at} } }\n`,
    ).join('');
    const fine = await desk.load([{ type: 'muster', path: desk.write('big.yaml', `nodes:\n${many}`) }]);
    assert.deepEqual([fine.problems, fine.nodes.length], [[], 12_000]);
    assert.deepEqual(fine.nodes[7]?.vars, { n: 7 });
    const deep = await desk.load([{ type: 'muster', path: desk.write('deep.yaml', '['.repeat(300_000)) }]);
    assert.equal(deep.sources[0]?.status, 'refused');
    const items = Array.from({ length: 60_000 }, () => '{ a: { b: { c: [1, 2, 3] } } }').join(', ');
    const heavy = await desk.load([
      { type: 'muster', path: desk.write('heavy.yaml', `nodes:\n  a: { vars: { x: [${items}] } }\n`) },
    ]);
    assert.ok(['ok', 'refused'].includes(heavy.sources[0]?.status ?? ''));
    const again = await desk.load([
      { type: 'muster', path: desk.write('big.yaml', `nodes:\n${many}  last:\n`) },
    ]);
    assert.equal(again.nodes.length, 12_001);
    desk.aside?.dispose();
  });
});
