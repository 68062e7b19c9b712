import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '../engine/tempFolder.ts';
import { sshdProblem } from '../engine/transports/sshd.ts';
import { inNamespace, muster, namespaceProblem, runNode, silentAddress } from './muster.ts';
import { closedPort, serverWith, sshdWith, tcpServer } from './servers.ts';
import { createWorld, messageOf, nodeOf, type NodeSettings, outcomesOf } from './world.ts';

const plain = (port: number): NodeSettings =>
  nodeOf({ port, identityFile: '/nowhere/id', knownHosts: '/dev/null' });

describe('faults: reaching a node', function () {
  it('R-C2: a port that refuses is unreachable at once', async () => {
    const port = await closedPort();
    await using world = await createWorld({ n1: plain(port) });
    const state = await world.run('true');
    assert.deepEqual(outcomesOf(state), ['unreachable refused']);
    assert.equal(messageOf(state), `connection refused on port ${port}`);
  });

  it(`R-C2: a black hole is unreachable within the connect timeout${note(namespaceProblem)}`, async function () {
    if (namespaceProblem) return this.skip();
    const port = await closedPort();
    await using world = await createWorld({ dark: { ...plain(22), host: '10.99.0.2' }, shut: plain(port) });
    const options = ['--connect-timeout', '1s', '--output', 'json', '--data', world.dataDir];
    const startedAt = performance.now();
    const { code, out } = await muster(
      ['run', 'true', '--on', 'dark,shut', '-i', world.inventory, ...options],
      {
        under: inNamespace(silentAddress),
      },
    );
    const { executions } = JSON.parse(out);
    assert.deepEqual(
      executions.map(({ outcome, kind, message }: Record<string, string>) => [outcome, kind, message]),
      [
        ['unreachable', 'timeout', 'no answer on port 22 in 1 s'],
        ['unreachable', 'refused', `connection refused on port ${port}`],
      ],
    );
    assert.ok(executions[0].durationMs < 2500 && performance.now() - startedAt < 15_000);
    assert.equal(code, 1);
  });

  it('R-C3: what is no SSH server ends by the deadline, and little of it is read', async () => {
    let sent = 0;
    const flood = (socket: Socket): void => {
      const piece = Buffer.alloc(65_536, 'x');
      const write = (): void =>
        void (socket.writable && socket.write(piece, () => ((sent += piece.length), write())));
      write();
    };
    const drip = (socket: Socket): void => {
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    };
    const http = (socket: Socket): void =>
      void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await using silent = await tcpServer(() => {});
    await using dripping = await tcpServer(drip);
    await using web = await tcpServer(http);
    await using flooding = await tcpServer(flood);
    const ports = [silent, dripping, web, flooding].map(({ port }) => plain(port));
    await using world = await createWorld(Object.fromEntries(ports.map((node, at) => [`n${at + 1}`, node])));
    const state = await world.run('true', { limits: { connectTimeoutMs: 800 } });
    assert.deepEqual(outcomesOf(state), [
      'unreachable timeout',
      'unreachable timeout',
      'unreachable protocol',
      'unreachable protocol',
    ]);
    assert.match(messageOf(state, 0), /no SSH greeting came in 0\.8 s/);
    assert.match(messageOf(state, 2), /it says "HTTP\/1\.1 400 Bad Request"/);
    for (const { startedAt = 0, endedAt = Infinity } of state.executions)
      assert.ok(endedAt - startedAt < 2500);
    assert.ok(sent < 30_000_000, `${sent} bytes were taken`);
  });

  it('R-C4: a stall is named by its phase: greeting, key exchange, login, channel', async () => {
    await using greeting = await tcpServer(() => {});
    await using exchange = await tcpServer((socket) => void socket.write('SSH-2.0-stalled\r\n'));
    await using login = await serverWith({ login: () => {} });
    await using channel = await serverWith({ connection: (each) => setImmediate(() => neverOpens(each)) });
    const nodes = {
      n1: plain(greeting.port),
      n2: plain(exchange.port),
      n3: nodeOf(login),
      n4: nodeOf(channel),
    };
    await using world = await createWorld(nodes);
    const state = await world.run('true', { limits: { connectTimeoutMs: 600 } });
    const words = ['no SSH greeting', 'during the key exchange', 'during login', 'no channel was opened'];
    for (const [at, word] of words.entries())
      assert.match(messageOf(state, at), new RegExp(`${word}.* 0\\.6 s`));
    assert.deepEqual(outcomesOf(state).slice(0, 3), Array(3).fill('unreachable timeout'));
    assert.notEqual(state.executions[3]?.status, 'ok');
  });

  it(`R-C5: MaxStartups is waited out with jitter, and given up after three tries${note(sshdProblem)}`, async function () {
    if (sshdProblem) return this.skip();
    await using busy = await sshdWith(['MaxStartups 1:100:1']);
    await using full = await sshdWith(['MaxStartups 1:100:1']);
    const holders = await Promise.all([busy, full].map(({ port }) => occupied(port)));
    await using world = await createWorld({ n1: nodeOf(busy), n2: nodeOf(full) });
    const batch = await world.start('echo in');
    await batch.until((event) => event.type === 'attemptFailed' && event.execution === 'e1');
    holders[0]?.destroy();
    const state = await batch.ended;
    holders[1]?.destroy();
    assert.deepEqual(outcomesOf(state), ['ok', 'unreachable throttled']);
    assert.match(messageOf(state, 1), /too many connections at once/);
    const waits = batch.events.flatMap((event) =>
      event.type === 'attemptFailed' && event.execution === 'e2' ? [event.retryInMs] : [],
    );
    assert.equal(waits.length, 2);
    const [first = 0, second = 0] = waits;
    assert.ok(first >= 500 && first <= 1000 && second >= 1000 && second <= 2000, waits.join());
  });
});

describe(`faults: a host that takes few at once${note(sshdProblem)}`, function () {
  it('R-C5: all get in that it lets in a few at a time, and it is said how many', async function () {
    if (sshdProblem) return this.skip();
    await using sshd = await sshdWith(['MaxStartups 2:100:2', 'MaxSessions 1']);
    await using folder = await tempFolder();
    // Nodes with known_hosts of their own share no connection.
    const names = Array.from({ length: 12 }, (_, at) => `n${at + 1}`);
    const nodes = names.map((name) => {
      const knownHosts = join(folder.path, name);
      copyFileSync(sshd.knownHosts, knownHosts);
      return [name, nodeOf({ ...sshd, knownHosts })] as const;
    });
    await using world = await createWorld(Object.fromEntries(nodes));
    const state = await world.run('echo in', { strategy: { concurrency: 12 } });
    assert.deepEqual(outcomesOf(state), Array(12).fill('ok'));
    assert.match(state.notes.join(), /turns connections away; no more than \d+ new ones? (are|is) opened/);
  });

  it('R-C5: a jump host that turns us away is asked again for all behind it', async function () {
    if (sshdProblem) return this.skip();
    await using bastion = await sshdWith(['MaxStartups 1:100:1']);
    await using target = await sshdWith([]);
    const holder = await occupied(bastion.port);
    const names = ['n1', 'n2', 'n3'].map((name) => [name, nodeOf(target, { jump: 'bastion' })] as const);
    const nodes = { ...Object.fromEntries(names), bastion: nodeOf(bastion) };
    await using world = await createWorld(nodes);
    const batch = await world.start('echo in', { selection: 'n[1-3]' });
    const failed = await batch.until((event) => event.type === 'attemptFailed');
    holder.destroy();
    assert.ok(failed.type === 'attemptFailed' && 'message' in failed.outcome);
    assert.match(failed.outcome.message, /^via 127\.0\.0\.1: .*too many connections at once/);
    assert.deepEqual(outcomesOf(await batch.ended), ['ok', 'ok', 'ok']);
  });
});

const halfOpen = fileURLToPath(new URL('./children/halfOpen.ts', import.meta.url));

describe(`faults: a network that goes away${note(namespaceProblem ?? sshdProblem)}`, function () {
  it('R-C10: a cut line is lost on every node within the keepalive time, and what came is kept', async function () {
    if (namespaceProblem ?? sshdProblem) return this.skip();
    const { code, out, err } = await runNode([halfOpen], { under: inNamespace() });
    assert.equal(code, 0, err);
    const { outcomes, stdout, tookMs } = JSON.parse(out);
    assert.deepEqual(outcomes, ['lost', 'lost', 'lost']);
    assert.equal(stdout, 'up\n');
    assert.ok(tookMs < 4000, `${tookMs} ms`);
  });
});

function note(problem: string | undefined): string {
  return problem === undefined ? '' : ` (${problem})`;
}

function neverOpens(connection: NodeJS.EventEmitter): void {
  connection.removeAllListeners('session').on('session', () => {});
}

/** Takes the only place that sshd has for those who have not logged in. */
async function occupied(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'data');
  return socket;
}
