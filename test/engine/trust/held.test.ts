import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientContext } from '../../../core/protocol/context.ts';
import type { PlanRequest } from '../../../core/run/plan.ts';
import { createEngine } from '../../../engine/engine.ts';
import { tempFolder } from '../tempFolder.ts';

const context: ClientContext = {
  trusted: true,
  localNodes: 'approved',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
};

describe('what acts on this machine', function () {
  it('does not before a person has said yes to the file as it is', async () => {
    await using folder = await tempFolder();
    const canary = join(folder.path, 'canary');
    const path = join(folder.path, 'inventory.yaml');
    writeFileSync(
      path,
      `nodes:
  here: { transport: local }
  proxied: { host: 127.0.0.1, proxyCommand: "touch ${canary}" }
  behind: { host: 127.0.0.1, jump: proxied }
`,
    );
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.ok(created.ok);
    const client = created.value.connect(context);
    const sources = [{ type: 'muster' as const, path }];
    const request = (selection: string): PlanRequest => ({
      action: { type: 'command', command: `touch ${canary}` },
      selection,
      sources,
    });
    for (const node of ['here', 'proxied', 'behind']) {
      const planned = await client.plan(request(node));
      assert.ok(planned.ok, node);
      assert.match(planned.value.denied ?? '', /Nobody has allowed that yet: run "muster trust"/, node);
      const started = await client.start({ plan: planned.value.plan });
      assert.equal(started.ok ? 'started' : started.error.code, 'UNTRUSTED', node);
    }
    const asked = await client.inventory({ sources });
    const kinds = asked.sources[0]?.approvals.map(({ kind, what }) => [kind, what]);
    assert.deepEqual(kinds, [
      ['proxy-command', `touch ${canary}`],
      ['local-nodes', 'here'],
    ]);
    assert.equal(existsSync(canary), false);

    const ids = asked.sources[0]?.approvals.map(({ id }) => id) ?? [];
    assert.equal((await client.approve({ sources, ids: ['0'.repeat(64)] })).ok, false);
    assert.equal((await client.approve({ sources, ids })).ok, true);
    const allowed = await client.plan(request('here'));
    assert.ok(allowed.ok && allowed.value.denied === undefined);

    writeFileSync(path, 'nodes:\n  here: { transport: local }\n  more: { transport: local }\n');
    const changed = await client.start({ plan: allowed.value.plan });
    assert.equal(changed.ok ? 'started' : changed.error.code, 'UNTRUSTED');
    await created.value.close();
  });

  it('is nothing that an ssh configuration executes, whichever inventory leads to it', async () => {
    await using folder = await tempFolder();
    const canary = join(folder.path, 'canary');
    const path = join(folder.path, 'inventory.yaml');
    const config = join(folder.path, '.ssh', 'config');
    const included = join(folder.path, 'included');
    mkdirSync(join(folder.path, '.ssh'));
    writeFileSync(config, `Include ${included}\nHost known\n  HostName 127.0.0.1\n  Port 1\n`);
    writeFileSync(included, `Match exec "touch ${canary}"\n  Port 1\n`);
    writeFileSync(path, 'nodes:\n  mine: { host: 127.0.0.1, port: 1, transport: openssh }\n');
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.ok(created.ok);
    const client = created.value.connect(context);
    for (const [selection, source] of [
      ['mine', { type: 'muster', path }],
      ['known', { type: 'ssh-config', path: config }],
    ] as const) {
      const sources = [source];
      const request: PlanRequest = { action: { type: 'command', command: 'true' }, selection, sources };
      const planned = await client.plan(request);
      assert.ok(planned.ok);
      assert.equal(planned.value.plan.targets[0]?.transport, 'openssh');
      assert.match(planned.value.denied ?? '', /would be reached by an ssh that runs "Match exec touch/);
      const started = await client.start({ plan: planned.value.plan });
      assert.equal(started.ok ? 'started' : started.error.code, 'UNTRUSTED');
      const reach = await client.reach({ sources, nodes: [selection] });
      assert.match(JSON.stringify(reach), /nobody has allowed Match exec/);
      const { sources: asked } = await client.inventory({ sources });
      const approvals = (asked[0]?.approvals ?? []).filter(({ kind }) => kind === 'ssh-config');
      assert.deepEqual(
        approvals.map(({ what }) => what),
        [`Match exec touch ${canary}`],
      );
      await client.approve({ sources, ids: approvals.map(({ id }) => id) });
      const allowed = await client.plan(request);
      assert.ok(allowed.ok && allowed.value.denied === undefined);
    }
    assert.equal(existsSync(canary), false);
    writeFileSync(included, `Match exec "touch ${canary}.2"\n  Port 1\n`);
    const sources = [{ type: 'muster' as const, path }];
    const again = await client.plan({
      action: { type: 'command', command: 'true' },
      selection: 'mine',
      sources,
    });
    assert.match((again.ok && again.value.denied) || '', /canary\.2/);
    await created.value.close();
  });

  it('is not blamed on a node that a configuration executes nothing for', async () => {
    await using folder = await tempFolder();
    const canary = join(folder.path, 'canary');
    const path = join(folder.path, 'config');
    writeFileSync(
      path,
      `Host plain
  HostName 127.0.0.1
  Port 1
  CertificateFile ${folder.path}/none.pub
Host other
  HostName 127.0.0.1
  CertificateFile ${folder.path}/none.pub
  ProxyCommand touch ${canary}
`,
    );
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.ok(created.ok);
    const client = created.value.connect(context);
    const sources = [{ type: 'ssh-config' as const, path }];
    const deniedOf = async (selection: string): Promise<string | undefined> => {
      const planned = await client.plan({ action: { type: 'command', command: 'true' }, selection, sources });
      assert.ok(planned.ok);
      assert.equal(planned.value.plan.targets[0]?.transport, 'openssh');
      return planned.value.denied;
    };
    assert.equal(await deniedOf('plain'), undefined);
    assert.match((await deniedOf('other')) ?? '', /^other would be reached by .*touch .*canary/);
    await created.value.close();
    assert.equal(existsSync(canary), false);
  });
});
