import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { sshdProblem } from '../engine/transports/sshd.ts';
import { mountProblem, muster, onSmallDisk } from './muster.ts';
import { serverWith, sshdWith, tcpServer } from './servers.ts';
import { createWorld, messageOf, nodeOf, onAnyPort, outcomesOf } from './world.ts';

describe(`faults: bytes on the line${sshdProblem ? ` (${sshdProblem})` : ''}`, function () {
  before(function () {
    if (sshdProblem) this.skip();
  });

  it('R-C14: many rekeys in 24 MB change no byte', async () => {
    await using sshd = await sshdWith(['RekeyLimit 1M']);
    await using world = await createWorld({ n1: nodeOf(sshd) });
    const state = await world.run('yes 0123456789abcdef | head -c 24000000; echo end >&2');
    const { stdout, stderr } = await world.output(state.id, 'e1');
    const wanted = Buffer.alloc(24_000_000, '0123456789abcdef\n');
    const digest = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');
    assert.deepEqual([outcomesOf(state), stderr.toString()], [['ok'], 'end\n']);
    assert.equal(digest(stdout), digest(wanted));
  });

  it('R-C15: a flipped byte ends the connection, and the result is not known', async () => {
    await using sshd = await sshdWith();
    await using relay = await flippingRelay(sshd.port, 200_000);
    await using world = await createWorld({ n1: nodeOf({ ...onAnyPort(sshd), port: relay.port }) });
    const state = await world.run('head -c 1000000 /dev/zero; exit 0');
    assert.deepEqual(outcomesOf(state), ['lost']);
    assert.match(messageOf(state), /connection lost: .*(?:MAC|integrity|authenticate).*result is unknown/i);
  });
});

describe('faults: a disk that is full', function () {
  it(`R-S2: the batch goes on, says it once and ends as its nodes did${mountProblem ? ` (${mountProblem})` : ''}`, async function () {
    if (mountProblem) return this.skip();
    await using server = await serverWith();
    await using world = await createWorld({ n1: nodeOf(server), n2: nodeOf(server, { user: 'b' }) });
    const data = join(world.folder, 'small');
    mkdirSync(data);
    const args = ['--on', 'n1,n2', '-i', world.inventory, '--data', data, '--output', 'json'];
    const { code, out, err } = await muster(['run', 'yes | head -c 3000000; exit 3', ...args], {
      under: onSmallDisk(data),
    });
    const { executions } = JSON.parse(out);
    assert.deepEqual(
      executions.map(({ outcome, exitCode }: Record<string, unknown>) => [outcome, exitCode]),
      [
        ['failed', 3],
        ['failed', 3],
      ],
    );
    assert.equal(code, 1);
    assert.equal(err.match(/can not be saved/g)?.length, 1, err);
  });
});

/** Passes everything on, but for one byte from the server. */
function flippingRelay(port: number, at: number): ReturnType<typeof tcpServer> {
  return tcpServer((near) => {
    const far: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let passed = 0;
    near.pipe(far);
    far.on('error', () => {});
    far.on('data', (chunk) => {
      const offset = at - passed;
      if (offset >= 0 && offset < chunk.length) chunk[offset] = (chunk[offset] ?? 0) ^ 1;
      passed += chunk.length;
      near.write(chunk);
    });
    far.on('end', () => near.end());
    near.on('close', () => far.destroy());
  });
}
