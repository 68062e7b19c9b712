import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { Value } from '../../../core/schema/value.ts';
import { startFleet } from '../../../engine/demo/start.ts';
import { createEngine } from '../../../engine/engine.ts';
import { context } from '../context.ts';
import { tempFolder } from '../tempFolder.ts';
import { type Played, run } from './play.ts';

type Asked = {
  readonly params?: Record<string, Value>;
  readonly vars?: Record<string, Value>;
  readonly secrets?: Record<string, string>;
};
type World = {
  readonly folder: string;
  /** A path in the home of a node. */
  home(node: string, ...path: string[]): string;
  play(name: string, selection: string, asked?: Asked): Promise<Played>;
};

const examples = new URL('../../../examples/', import.meta.url).pathname;

/** The demo fleet: one edge node, two api nodes (the services of api02 are down), three web nodes (web03 refuses). */
async function withFleet(test: (world: World) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const fleet = await startFleet({ nodes: 6, dir: folder.path });
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  const client: EngineClient = created.value.connect({ ...context, folder: folder.path });
  try {
    await test({
      folder: folder.path,
      home: (node, ...path) => join(folder.path, 'nodes', node, ...path),
      play: (name, selection, { params = {}, vars, secrets } = {}) =>
        run(
          client,
          {
            action: {
              type: 'playbook',
              file: join(examples, `${name}.playbook.yaml`),
              params,
              withheld: [],
              ...(vars && { vars }),
            },
            selection,
            sources: [{ type: 'muster', path: fleet.files.inventory }],
          },
          secrets,
        ),
    });
  } finally {
    await created.value.close();
    await fleet.close();
  }
}

function outcomes({ state }: Played): Record<string, string> {
  return Object.fromEntries(state.executions.map(({ node, outcome }) => [node, outcome?.status ?? '?']));
}

/** An answer to every request on a port of this machine. */
async function withHealth(status: number, test: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((_request, answer) => answer.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await test((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the example playbooks on the demo fleet', function () {
  it('deploy-web installs a release in waves and asks whether it answers', () =>
    withFleet(({ play, home }) =>
      withHealth(200, async (port) => {
        const health = `http://127.0.0.1:${port}/health`;
        const params = { version: '1.2.3', root: 'web', balancer: 'edge01' };
        const played = await play('deploy-web', 'api01,web01', { params, vars: { health } });
        assert.deepEqual(outcomes(played), { api01: 'ok', web01: 'ok' });
        assert.equal(played.state.waves.length, 2);
        const site = await readFile(home('web01', 'web', 'releases', '1.2.3', 'site.conf'), 'utf8');
        assert.match(site, /^# web01, release 1\.2\.3:/);
        assert.match(
          await readFile(home('web01', 'web', 'releases', '1.2.3', 'index.html'), 'utf8'),
          /works/,
        );
        assert.deepEqual(await readdir(home('edge01', 'drained')), []);
        assert.deepEqual(
          played.state.executions[0]?.steps?.find(({ step }) => step === 'drain')?.on,
          'edge01',
        );
      }),
    ));

  it('deploy-web takes back what does not answer, and goes no further', () =>
    withFleet(({ play, home }) =>
      withHealth(500, async (port) => {
        const vars = { health: `http://127.0.0.1:${port}/` };
        const params = { version: '1.2.3', root: 'web' };
        const first = await play('deploy-web', 'api01,web01', { params, vars });
        assert.deepEqual(outcomes(first), { api01: 'failed', web01: 'not-started' });
        const { outcome } = first.state.executions[0] ?? {};
        assert.match(
          outcome && 'message' in outcome ? outcome.message : '',
          /1\.2\.3 did not answer at .* taken back/,
        );
        const left = await readdir(home('api01', 'web'));
        assert.deepEqual(left, ['releases'], 'the first release of a node leaves no link to it');
      }),
    ));

  it('package-audit names what must not be there', () =>
    withFleet(async ({ play, home }) => {
      for (const node of ['api01', 'web01'])
        await writeFile(
          home(node, 'bin', 'dpkg-query'),
          `#!/bin/sh\nfor each; do package=$each; done\n[ "$package" = ${node === 'web01' ? 'telnetd' : 'none'} ] && echo installed\n`,
          { mode: 0o755 },
        );
      const played = await play('package-audit', 'api01,web01');
      assert.deepEqual(outcomes(played), { api01: 'ok', web01: 'failed' });
      assert.deepEqual(played.steps('web01').slice(-1), [
        'failed Nothing unwanted: Installed, and must not be: telnetd',
      ]);
    }));

  it('disk-check says which file systems are full, and goes on past a node that is away', () =>
    withFleet(async ({ play, home }) => {
      for (const [node, share] of [
        ['api01', 12],
        ['web01', 97],
      ] as const)
        // prettier-ignore
        await writeFile(
          home(node, 'bin', 'df'),
          `#!/bin/sh\necho 'Filesystem 1024-blocks Used Available Capacity Mounted'\necho '/dev/x 100 ${share} 1 ${share}% /'\n`,
          { mode: 0o755 },
        );
      const played = await play('disk-check', 'api01,web01,web03', { params: { path: '/etc/hostname' } });
      assert.deepEqual(outcomes(played), { api01: 'ok', web01: 'failed', web03: 'unreachable' });
    }));

  it('collect-logs brings the logs of every node into its own folder', () =>
    withFleet(async ({ play, home, folder }) => {
      await mkdir(home('api01', 'logs'));
      await writeFile(home('api01', 'logs', 'app.log'), 'hello');
      const into = join(folder, 'collected');
      const params = { service: 'nginx', into, logs: ['logs/app.log'] };
      const played = await play('collect-logs', 'api01,web01', { params });
      assert.deepEqual(outcomes(played), { api01: 'ok', web01: 'ok' });
      assert.equal(await readFile(join(into, 'api01', 'app.log'), 'utf8'), 'hello');
      const [summary = ''] = (await readdir(join(into, 'web01'))).filter((name) =>
        name.startsWith('muster-logs-'),
      );
      assert.match(
        await readFile(join(into, 'web01', summary, 'status.txt'), 'utf8'),
        /nginx: active on web01/,
      );
      assert.deepEqual((await readdir(home('web01'))).filter((name) => name.startsWith('muster-')), []); // prettier-ignore
    }));

  it('rotate-user writes a password that is seen nowhere else, and takes it back where it does no good', () =>
    withFleet(async ({ play, home, folder }) => {
      await mkdir(home('api02', 'users'));
      await writeFile(home('api02', 'users', 'reports.conf'), 'old');
      const asked = {
        params: { account: 'reports', folder: 'users' },
        secrets: { password: 'correct-horse-7' },
      };
      const played = await play('rotate-user', 'api01,api02,web01', asked);
      assert.deepEqual(outcomes(played), { api01: 'cancelled', api02: 'failed', web01: 'cancelled' });
      assert.equal(await readFile(home('api02', 'users', 'reports.conf'), 'utf8'), 'old');
      const good = await play('rotate-user', 'api01,web01', asked);
      assert.deepEqual(outcomes(good), { api01: 'ok', web01: 'ok' });
      const file = home('web01', 'users', 'reports.conf');
      assert.equal(await readFile(file, 'utf8'), 'user = reports\npassword = correct-horse-7\n');
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      const data = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true });
      for (const entry of data.filter((each) => each.isFile()))
        assert.doesNotMatch(await readFile(join(entry.parentPath, entry.name), 'latin1'), /correct-horse-7/);
    }));

  it('canary-config changes one node first, and no other where that goes wrong', () =>
    withFleet(async ({ play, home }) => {
      for (const node of ['api01', 'web01', 'edge01']) await writeFile(home(node, 'app.conf'), 'old');
      const bad = { workers: 8, file: 'app.conf', check: 'grep -q "workers = [1-4]$" app.conf' };
      const refused = await play('canary-config', 'edge01,api01,web01', { params: bad });
      assert.deepEqual(outcomes(refused), { edge01: 'failed', api01: 'not-started', web01: 'not-started' });
      assert.equal(await readFile(home('edge01', 'app.conf'), 'utf8'), 'old');
      const played = await play('canary-config', 'edge01,api01,web01', { params: { ...bad, workers: 4 } });
      assert.deepEqual(outcomes(played), { edge01: 'ok', api01: 'ok', web01: 'ok' });
      assert.match(await readFile(home('web01', 'app.conf'), 'utf8'), /workers = 4\nname = web01\n/);
    }));
});
