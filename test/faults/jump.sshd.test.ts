import assert from 'node:assert/strict';
import { sshdProblem } from '../engine/transports/sshd.ts';
import { closedPort, relayTo, serverWith, sshdWith } from './servers.ts';
import { createWorld, messageOf, nodeOf, type NodeSettings, onAnyPort, outcomesOf } from './world.ts';

describe(`faults: nodes behind a jump host${sshdProblem ? ` (${sshdProblem})` : ''}`, function () {
  before(function () {
    if (sshdProblem) this.skip();
  });

  /** Names n1 to n4, each with an account of its own behind the hop, and one that goes straight. */
  const behind = (node: NodeSettings, hop: NodeSettings): Record<string, NodeSettings> => ({
    ...Object.fromEntries(
      [1, 2, 3, 4].map((at) => [`n${at}`, { ...node, user: `user${at}`, jump: 'bastion' }]),
    ),
    straight: node,
    bastion: hop,
  });
  const selection = 'n[1-4],straight';

  it('R-C7: a hop that refuses is named as the one cause, and the others go on', async () => {
    await using node = await serverWith();
    const port = await closedPort();
    await using world = await createWorld(behind(nodeOf(node), nodeOf({ ...node, port })));
    const state = await world.run('echo ok', { selection });
    assert.deepEqual(outcomesOf(state), [...Array<string>(4).fill('unreachable jump'), 'ok']);
    const messages = new Set([0, 1, 2, 3].map((at) => messageOf(state, at)));
    assert.deepEqual([...messages], [`via 127.0.0.1: connection refused on port ${port}`]);
  });

  it('R-C7: a hop that does not let us in is no failed login of the nodes', async () => {
    await using node = await serverWith();
    await using hop = await serverWith({ login: (each) => each.reject(['publickey']) });
    await using world = await createWorld(behind(nodeOf(node), nodeOf(hop, { user: 'jumper' })));
    const state = await world.run('echo ok', { selection });
    assert.deepEqual(outcomesOf(state), [...Array<string>(4).fill('unreachable jump'), 'ok']);
    assert.match(messageOf(state), /^via 127\.0\.0\.1: login as jumper refused/);
    assert.deepEqual(hop.attempts, ['publickey']);
  });

  it('R-C7: a hop that forwards nothing says so', async () => {
    await using node = await serverWith();
    await using hop = await sshdWith(['AllowTcpForwarding no']);
    await using world = await createWorld(behind(nodeOf(node), nodeOf(hop)));
    const state = await world.run('echo ok', { selection });
    assert.deepEqual(outcomesOf(state), [...Array<string>(4).fill('unreachable jump'), 'ok']);
    assert.match(messageOf(state), /does not forward/);
  });

  it('R-C7: a hop that dies in mid-batch loses the nodes behind it, and no others', async () => {
    await using node = await serverWith();
    await using hop = await sshdWith();
    await using relay = await relayTo(hop.port);
    await using world = await createWorld(
      behind(nodeOf(node), nodeOf({ ...onAnyPort(hop), port: relay.port })),
    );
    const batch = await world.start('echo up; sleep 1; echo down', { selection });
    for (const id of ['e1', 'e2', 'e3', 'e4', 'e5']) {
      await batch.until((event) => event.type === 'outputProgress' && event.execution === id);
    }
    relay.reset();
    const state = await batch.ended;
    assert.deepEqual(outcomesOf(state), ['lost', 'lost', 'lost', 'lost', 'ok']);
    assert.equal(new Set([0, 1, 2, 3].map((at) => messageOf(state, at))).size, 1);
    assert.equal((await world.output(state.id, 'e1')).stdout.toString(), 'up\n');
  });

  it('R-C6: MaxSessions never fails a command', async () => {
    await using sshd = await sshdWith(['MaxSessions 2']);
    const names = Array.from({ length: 6 }, (_, at) => [`n${at}`, nodeOf(sshd)]);
    await using world = await createWorld(Object.fromEntries(names));
    const [first, second] = await Promise.all([
      world.run('sleep 0.3; echo a'),
      world.run('sleep 0.3; echo b'),
    ]);
    assert.deepEqual([...outcomesOf(first), ...outcomesOf(second)], Array(12).fill('ok'));
  });
});
