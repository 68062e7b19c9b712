import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { LoggedEvent } from '../../../core/run/events.ts';
import { createEngine } from '../../../engine/engine.ts';
import { tempFolder } from '../tempFolder.ts';
import { startSshServer, type SshServer } from '../transports/sshServer.ts';

type Raised = Extract<LoggedEvent, { type: 'promptRaised' }>;
type World = { client: EngineClient; known: string; servers: [SshServer, SshServer] };

/** An engine whose person answers with `answer`, and two servers that behave. */
async function withServers(use: (world: World, folder: string) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const servers: [SshServer, SshServer] = [await startSshServer(), await startSshServer()];
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  const client = created.value.connect({
    trusted: true,
    localNodes: 'allowed',
    user: 'me',
    canPrompt: true,
    onClose: 'finish',
  });
  const known = join(folder.path, 'known_hosts');
  await writeFile(known, '');
  try {
    await use({ client, known, servers }, folder.path);
  } finally {
    await created.value.close();
    for (const server of servers) await server.close();
  }
}

const node = (server: SshServer, alias: string): object => ({
  host: '127.0.0.1',
  port: server.port,
  user: 'root',
  identityFile: server.identityFile,
  auth: ['key'],
  hostKeyAlias: alias,
});

/** Runs `true` everywhere. `onPrompt` gives the fingerprints to trust. Settles with all events. */
async function runAll(
  { client, known }: World,
  folder: string,
  {
    nodes,
    onPrompt,
  }: { nodes: Record<string, object>; onPrompt: (raised: Raised, all: LoggedEvent[]) => string[] },
): Promise<LoggedEvent[]> {
  const path = join(folder, 'inventory.yaml');
  await writeFile(path, JSON.stringify({ version: 1, nodes }));
  const preview = await client.plan({
    action: { type: 'command', command: 'true' },
    selection: 'all',
    sources: [{ type: 'muster', path }],
    strategy: { concurrency: 10 },
    knownHosts: known,
  });
  assert.ok(preview.ok, JSON.stringify(preview));
  const all: LoggedEvent[] = [];
  const ended = new Promise<void>((resolve) => {
    client.onEvents(({ batch, events }) => {
      all.push(...events);
      for (const event of events) {
        if (event.type === 'promptRaised') {
          void client.answer({ batch, prompt: event.prompt, trust: onPrompt(event, all) });
        }
        if (event.type === 'batchFinished') resolve();
      }
    });
  });
  const started = await client.start({ plan: preview.value.plan });
  assert.ok(started.ok);
  await ended;
  return all;
}

const statuses = (events: readonly LoggedEvent[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const event of events) {
    if (event.type !== 'executionFinished') continue;
    const { outcome } = event;
    const what = outcome.status === 'unreachable' ? outcome.kind : outcome.status;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
};

const rowsOf = ({ question }: Raised): { nodes: string[]; fingerprint: string; trusts: string }[] => {
  assert.equal(question.type, 'host-keys');
  return question.keys.map(({ key, nodes }) => ({
    nodes,
    fingerprint: key.fingerprint,
    trusts: key.knownHosts,
  }));
};

describe('host keys that are not known', function () {
  it('R-H1: are one question for the whole batch, a row for each key, while the known nodes go on', () =>
    withServers(async (world, folder) => {
      const [one, two] = world.servers;
      const line = (await readFile(one.knownHosts, 'utf8')).split(' ').slice(1).join(' ');
      await writeFile(world.known, `known1,known2 ${line}`);
      const nodes: Record<string, object> = { k1: node(one, 'known1'), k2: node(one, 'known2') };
      for (let at = 1; at <= 60; at++) nodes[`a${at}`] = node(one, `a${at}`);
      for (let at = 1; at <= 20; at++) nodes[`b${at}`] = node(two, `b${at}`);
      const raised: Raised[] = [];
      let shown = 0;
      const events = await runAll(world, folder, {
        nodes,
        onPrompt: (event) => {
          raised.push(event);
          // Everybody has shown a key, and nobody of them was logged in to.
          shown = two.connections().ever;
          assert.deepEqual(two.attempts, []);
          return [rowsOf(event).find((row) => row.nodes.includes('a1'))?.fingerprint ?? ''];
        },
      });
      assert.equal(raised.length, 1);
      const rows = raised.flatMap(rowsOf).map((row) => row.nodes.length);
      assert.deepEqual([rows.toSorted((a, b) => a - b), shown], [[20, 60], 20]);
      assert.deepEqual(statuses(events), { ok: 62, 'host-key': 20 });
      assert.deepEqual(two.attempts, []);
      assert.equal((await readFile(world.known, 'utf8')).trim().split('\n').length, 61);
    }));

  for (const isTrusted of [true, false]) {
    it(`are asked once for nodes of ssh and openssh that are the same host (${isTrusted ? 'yes' : 'no'})`, () =>
      withServers(async (world, folder) => {
        const [one] = world.servers;
        const nodes: Record<string, object> = {};
        for (const [at, transport] of ['ssh', 'openssh', 'openssh', 'ssh'].entries())
          nodes[`n${at}`] = { ...node(one, ''), hostKeyAlias: undefined, transport };
        const raised: string[][] = [];
        const events = await runAll(world, folder, {
          nodes,
          onPrompt: (event) => {
            raised.push(rowsOf(event).flatMap((row) => row.nodes.toSorted()));
            return isTrusted ? rowsOf(event).map((row) => row.fingerprint) : [];
          },
        });
        assert.deepEqual(raised, [['n0', 'n1', 'n2', 'n3']]);
        assert.deepEqual(statuses(events), isTrusted ? { ok: 4 } : { 'host-key': 4 });
        const lines = (await readFile(world.known, 'utf8')).split('\n').filter((line) => line !== '');
        assert.equal(lines.length, isTrusted ? 1 : 0);
      }));
  }

  it('are asked again for what is behind a jump host, once that one is trusted', () =>
    withServers(async (world, folder) => {
      const [hop, far] = world.servers;
      const nodes: Record<string, object> = { hop: node(hop, 'hop') };
      for (let at = 1; at <= 12; at++) nodes[`n${at}`] = { ...node(far, `n${at}`), jump: 'hop' };
      const raised: string[][] = [];
      const events = await runAll(world, folder, {
        nodes,
        onPrompt: (event) => {
          raised.push(rowsOf(event).map((row) => `${row.nodes.length}`));
          return rowsOf(event).map((row) => row.fingerprint);
        },
      });
      assert.deepEqual(raised, [['13'], ['12']]);
      assert.deepEqual(statuses(events), { ok: 13 });
    }));

  it('leave the nodes unconnected when a person says no', () =>
    withServers(async (world, folder) => {
      const nodes = { a: node(world.servers[0], 'a') };
      const events = await runAll(world, folder, { nodes, onPrompt: () => [] });
      assert.deepEqual(statuses(events), { 'host-key': 1 });
      assert.deepEqual(world.servers[0].attempts, []);
      assert.equal(await readFile(world.known, 'utf8'), '');
    }));
});
