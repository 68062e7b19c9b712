import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import { createEngine } from '../../engine/engine.ts';
import { tempFolder } from './tempFolder.ts';
import { sshdProblem, startSshd } from './transports/sshd.ts';

const context: ClientContext = {
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
};

/** Runs a request to its end. */
async function runToEnd(
  client: EngineClient,
  wanted: PlanRequest,
): Promise<{ state: BatchState; warnings: readonly string[] }> {
  const preview = await client.plan(wanted);
  assert.ok(preview.ok, JSON.stringify(preview));
  const ended = new Promise<string>((resolve) => {
    client.onEvents(
      ({ batch, events }) => events.some(({ type }) => type === 'batchFinished') && resolve(batch),
    );
  });
  const started = await client.start({ plan: preview.value.plan });
  assert.ok(started.ok, JSON.stringify(started));
  const snapshot = await client.snapshot(await ended);
  assert.ok(snapshot.ok);
  return { state: snapshot.value, warnings: preview.value.notes };
}

/** How many of these spans of time overlap at most. */
function mostAtOnce(spans: readonly (readonly [number, number])[]): number {
  return Math.max(...spans.map(([at]) => spans.filter(([from, to]) => from <= at && at < to).length));
}

describe('a batch over several transports', function () {
  it('has one shape of results and a limit for each transport (D2)', async function () {
    if (sshdProblem) return this.skip();
    await using folder = await tempFolder();
    const sshd = await startSshd();
    const address = `host: 127.0.0.1, port: ${sshd.port}`;
    const path = join(folder.path, 'inventory.yaml');
    await mkdir(join(folder.path, '.ssh'));
    await writeFile(
      path,
      `defaults: { identityFile: ${sshd.identityFile}, knownHosts: ${sshd.knownHosts} }
nodes:
  s[1-3]: {}
  o[1-3]: { transport: openssh }
  l[1-3]: { transport: local, cwd: . }
  gone: { host: 127.0.0.1, port: 1, transport: openssh }
`.replace(/^ {2}([so])\[1-3\]: \{(.*)\}$/gm, (_, kind, rest) =>
        [1, 2, 3].map((at) => `  ${kind}${at}: { ${address}${rest.trim() ? `,${rest}` : ''} }`).join('\n'),
      ),
    );
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.ok(created.ok);
    try {
      const client = created.value.connect(context);
      const { state } = await runToEnd(client, {
        action: { type: 'command', command: 'date +%s%N; sleep 0.2; date +%s%N; exit 3' },
        selection: 's[1-3],o[1-3],l[1-3],gone',
        sources: [{ type: 'muster', path }],
        strategy: { concurrency: 10, perTransport: { openssh: 1, ssh: 2 } },
      });
      const results = await Promise.all(
        state.executions.map(async ({ id, node, outcome, connection }) => {
          const output = await client.output({ batch: state.id, execution: id, from: 0, limit: 1000 });
          assert.ok(output.ok);
          return { node, outcome, transport: connection?.transport, text: JSON.stringify(output.value) };
        }),
      );
      const transports: Record<string, string> = { s: 'ssh', o: 'openssh', l: 'local' };
      for (const { node, outcome, transport } of results) {
        if (node === 'gone') assert.equal(outcome?.status === 'unreachable' && outcome.kind, 'refused');
        else {
          const expected = { status: 'failed', step: 'command', message: 'exit 3', exitCode: 3 };
          assert.deepEqual([node, outcome, transport], [node, expected, transports[node[0] ?? '']]);
        }
      }
      const spans = (kind: string): [number, number][] =>
        results
          .filter(({ node }) => node.startsWith(kind))
          .map(
            ({ text }) =>
              (text.match(/\d{19}/g) ?? []).map((each) => Number(each.slice(5))) as [number, number],
          );
      assert.equal(mostAtOnce(spans('o')), 1);
      assert.ok(mostAtOnce(spans('s')) <= 2);
    } finally {
      await created.value.close();
      await sshd.stop();
    }
  });

  it('says in the plan why a node is reached over openssh, and goes by its configuration (D8)', async function () {
    if (sshdProblem) return this.skip();
    await using folder = await tempFolder();
    const sshd = await startSshd();
    const path = join(folder.path, 'config');
    await writeFile(
      path,
      `Host chosen
  AddressFamily inet
  HostName 127.0.0.1
  Port ${sshd.port}
  IdentityFile ${sshd.identityFile}
  UserKnownHostsFile ${sshd.knownHosts}
`,
    );
    const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
    assert.ok(created.ok);
    try {
      const { state, warnings } = await runToEnd(created.value.connect(context), {
        action: { type: 'command', command: 'true' },
        selection: 'chosen',
        sources: [{ type: 'ssh-config', path }],
      });
      assert.deepEqual(warnings, [
        `chosen: over openssh, the ssh of this machine, because of AddressFamily (${path}:2).`,
      ]);
      assert.deepEqual(
        state.executions.map(({ outcome, connection }) => [outcome, connection?.transport]),
        [[{ status: 'ok' }, 'openssh']],
      );
    } finally {
      await created.value.close();
      await sshd.stop();
    }
  });
});
