import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientContext } from '../../../core/protocol/engine.ts';
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
  this.timeout(20_000);

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
});
