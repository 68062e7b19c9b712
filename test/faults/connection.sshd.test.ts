import assert from 'node:assert/strict';
import type { ServerChannel } from 'ssh2';
import { isRunning } from '../engine/transports/processes.ts';
import { sshTransport } from '../engine/transports/session.ts';
import { sshdProblem } from '../engine/transports/sshd.ts';
import type { SshServerScript } from '../engine/transports/sshServer.ts';
import { relayTo, serverWith, sshdWith } from './servers.ts';
import { addresses, createWorld, fleetOf, messageOf, nodeOf, onAnyPort, outcomesOf } from './world.ts';

const keepalive = { intervalMs: 150, count: 3 };

describe('faults: a connection that goes away', function () {
  before(`has an sshd${sshdProblem ? ` (${sshdProblem})` : ''}`, function () {
    if (sshdProblem) this.skip();
  });

  it('R-C8: sshd killed in mid-run is lost, keeps what came, and is not tried again', async () => {
    await using sshd = await sshdWith();
    await using world = await createWorld({ n1: nodeOf(sshd) });
    const retries = { count: 3, backoff: 'constant', delayMs: 1, maxDelayMs: 1, idempotent: false } as const;
    const state = await world.run('echo before; sleep 0.3; kill -9 $PPID; sleep 5', {
      limits: { retries: { ...retries, on: ['lost', 'unreachable', 'failed'] } },
    });
    assert.deepEqual(outcomesOf(state), ['lost']);
    assert.match(messageOf(state), /connection lost.*the result is unknown/);
    assert.equal(state.executions[0]?.exitCode, null);
    assert.equal((await world.output(state.id, 'e1')).stdout.toString(), 'before\n');
    assert.deepEqual([state.status, state.executions[0]?.attempts], ['failed', 1]);
  });

  it('R-C10: half-open connections are found on every node within the keepalive time', async () => {
    await using sshd = await sshdWith();
    const relays = await Promise.all([1, 2, 3, 4].map(() => relayTo(sshd.port)));
    const nodes = relays.map(({ port }, at) => [`n${at + 1}`, nodeOf({ ...onAnyPort(sshd), port })]);
    const transport = sshTransport({ keepalive });
    await using world = await createWorld(Object.fromEntries(nodes), { transport });
    const batch = await world.start('echo up; exec sleep 5');
    await batch.until(({ type }) => type === 'outputProgress');
    const frozenAt = performance.now();
    for (const relay of relays) relay.freeze();
    const state = await batch.ended;
    const tookMs = performance.now() - frozenAt;
    for (const relay of relays) await relay[Symbol.asyncDispose]();
    assert.deepEqual(outcomesOf(state), ['lost', 'lost', 'lost', 'lost']);
    assert.match(messageOf(state), /no sign of life for 0\.5 s/);
    assert.ok(tookMs < 3000, `${tookMs} ms`);
  });

  it('R-C13: a reset after the result changes nothing, and no error goes unheard', async () => {
    await using sshd = await sshdWith();
    await using relay = await relayTo(sshd.port);
    const n1 = nodeOf({ ...onAnyPort(sshd), port: relay.port });
    await using world = await createWorld({ n1, n2: nodeOf(sshd) });
    const unheard: unknown[] = [];
    const hear = (error: unknown): void => void unheard.push(error);
    process.on('uncaughtException', hear).on('unhandledRejection', hear);
    try {
      // The background process keeps the channel open, so that the reset comes while it drains.
      const batch = await world.start('sleep 3 & echo done');
      await batch.until(({ type }) => type === 'outputProgress');
      await new Promise((resolve) => setTimeout(resolve, 300));
      relay.reset();
      assert.deepEqual(outcomesOf(await batch.ended), ['ok', 'ok']);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(unheard, []);
    } finally {
      process.off('uncaughtException', hear).off('unhandledRejection', hear);
    }
  });
});

describe('faults: how a command ends', function () {
  const ends: Record<string, [(channel: ServerChannel) => void, string, number | null]> = {
    'no exit status': [(channel) => channel.end('out'), 'lost', null],
    'a close without an end of output': [(channel) => (channel.write('out'), channel.close()), 'lost', null],
    'data after the exit status': [(channel) => (channel.exit(0), channel.end('late')), 'ok', 0],
    'a signal': [(channel) => (channel.exit('SEGV', true, 'dumped'), channel.end()), 'signalled', null],
    'an exit code of 255': [(channel) => (channel.exit(255), channel.end()), 'failed', 255],
  };

  it('R-C11, R-C12: is told apart, whatever a server leaves out', async () => {
    const cases = Object.entries(ends);
    const servers = await Promise.all(cases.map(([, [command]]) => serverWith(says(command))));
    const nodes = servers.map((server, at) => [`n${at + 1}`, nodeOf(server)]);
    await using world = await createWorld(Object.fromEntries(nodes));
    const state = await world.run('true');
    const found = state.executions.map(({ status, exitCode }, at) => [cases[at]?.[0], status, exitCode]);
    assert.deepEqual(
      found,
      cases.map(([what, [, status, code]]) => [what, status, code]),
    );
    assert.equal((await world.output(state.id, 'e3')).stdout.toString(), 'late');
    assert.equal(state.executions[3]?.signal, 'SIGSEGV');
    for (const server of servers) await server.close();
  });

  it('R-C12: 255 and a signal of the command itself are never taken for a lost connection', async function () {
    if (sshdProblem) return this.skip();
    await using sshd = await sshdWith(addresses(3));
    await using world = await createWorld(fleetOf(sshd, 3));
    const state = await world.run(
      'case "$SSH_CONNECTION" in *" 127.0.0.1 "*) exit 255;; *" 127.0.0.2 "*) kill -KILL $$;; esac',
    );
    assert.deepEqual(outcomesOf(state), ['failed', 'signalled', 'ok']);
    assert.deepEqual([state.executions[0]?.exitCode, state.executions[1]?.signal], [255, 'SIGKILL']);
  });

  it('R-C18: a background process that holds the channel does not hold the result', async function () {
    if (sshdProblem) return this.skip();
    await using sshd = await sshdWith();
    await using world = await createWorld({ n1: nodeOf(sshd) });
    const startedAt = performance.now();
    const state = await world.run('sleep 60 & echo $!; exit 7');
    const pid = Number((await world.output(state.id, 'e1')).stdout);
    assert.deepEqual([outcomesOf(state), state.executions[0]?.exitCode], [['failed'], 7]);
    assert.ok(performance.now() - startedAt < 6000);
    assert.ok(isRunning(pid), 'what was meant to stay was stopped');
    process.kill(pid);
  });

  it('R-C17: nothing waits for a stdin that nobody writes to, and a slow node delays no other', async function () {
    if (sshdProblem) return this.skip();
    await using sshd = await sshdWith(addresses(4));
    await using world = await createWorld(fleetOf(sshd, 4));
    const command =
      'case "$SSH_CONNECTION" in *" 127.0.0.1 "*) sleep 30;; *) cat; read -r line; echo "end $?";; esac';
    const batch = await world.start(command, { limits: { timeoutMs: 1500 } });
    const others = new Set<string>();
    for (const id of ['e2', 'e3', 'e4']) {
      await batch.until((event) => event.type === 'executionFinished' && event.execution === id);
      others.add(id);
    }
    assert.ok(!batch.events.some((event) => event.type === 'executionFinished' && event.execution === 'e1'));
    const state = await batch.ended;
    assert.deepEqual(outcomesOf(state), ['timed-out', 'ok', 'ok', 'ok']);
    assert.equal((await world.output(state.id, 'e2')).stdout.toString(), 'end 1\n');
  });
});

function says(command: (channel: ServerChannel) => void): SshServerScript {
  return { command: (_line, channel) => command(channel) };
}
