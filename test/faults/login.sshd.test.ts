import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeKey, sshdProblem } from '../engine/transports/sshd.ts';
import { serverWith, sshdWith } from './servers.ts';
import { addresses, createWorld, fleetOf, messageOf, nodeOf, outcomesOf } from './world.ts';

const retries = {
  count: 3,
  backoff: 'constant',
  delayMs: 1,
  maxDelayMs: 1,
  on: ['unreachable', 'failed', 'lost'],
  idempotent: true,
} as const;

describe('faults: logging in', function () {
  it('R-A1: a refused key says what was tried and what is offered, and is never tried again', async () => {
    await using server = await serverWith({ login: (each) => each.reject(['publickey', 'hostbased']) });
    await using world = await createWorld({ n1: nodeOf(server, { user: 'deploy' }) });
    const state = await world.run('true', { limits: { retries: { ...retries, on: [...retries.on] } } });
    assert.deepEqual(outcomesOf(state), ['unreachable auth']);
    assert.match(
      messageOf(state),
      /^login as deploy refused; tried ED25519 key .*id; the node accepts publickey, hostbased$/,
    );
    assert.deepEqual([server.attempts, state.executions[0]?.attempts], [['publickey'], 1]);
  });

  it('R-A2: a login that three nodes in a row refuse is tried on no further one', async () => {
    const refusing = (): ReturnType<typeof serverWith> =>
      serverWith({ login: (each) => each.reject(['publickey']) });
    const servers = await Promise.all(Array.from({ length: 8 }, refusing));
    const [key = ''] = servers.map(({ identityFile }) => identityFile);
    const nodes = servers.map((server, at) => [`n${at}`, nodeOf({ ...server, identityFile: key })]);
    await using other = await serverWith();
    await using world = await createWorld({ ...Object.fromEntries(nodes), other: nodeOf(other) });
    const state = await world.run('true', { strategy: { concurrency: 1 } });
    assert.deepEqual(outcomesOf(state), [
      ...Array<string>(3).fill('unreachable auth'),
      ...Array<string>(5).fill('not-started'),
      'ok',
    ]);
    assert.deepEqual(
      servers.map(({ attempts }) => attempts.length),
      [1, 1, 1, 0, 0, 0, 0, 0],
    );
    for (const server of servers) await server.close();
  });

  it('R-A3: keys that can not be read are named as such, node by node, and end nothing else', async () => {
    await using server = await serverWith();
    const path = (name: string): string => join(server.folder, name);
    writeFileSync(path('garbage'), 'no key at all');
    writeFileSync(
      path('broken.ppk'),
      'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 9\n',
    );
    makeKey(path('locked'), 'ed25519', 'secret');
    const words: Record<string, RegExp> = {
      garbage: /garbage is no usable private key/,
      'broken.ppk': /broken\.ppk is no usable private key/,
      locked: /locked needs a passphrase and nobody can be asked/,
      missing: /there is no key .*missing/,
    };
    const names = Object.keys(words);
    const nodes = names.map((name) => [name.replace('.', '-'), nodeOf(server, { identityFile: path(name) })]);
    await using world = await createWorld({ ...Object.fromEntries(nodes), fine: nodeOf(server) });
    const state = await world.run('true');
    assert.deepEqual(outcomesOf(state), [...names.map(() => 'unreachable auth'), 'ok']);
    for (const [at, name] of names.entries()) assert.match(messageOf(state, at), words[name] ?? /^$/);
  });

  it(`R-A3: a passphrase is asked for once per key, not per node, and again when it was wrong${sshdProblem ? ` (${sshdProblem})` : ''}`, async function () {
    if (sshdProblem) return this.skip();
    await using sshd = await sshdWith([...addresses(4), 'MaxAuthTries 3']);
    const locked = join(sshd.folder, 'locked');
    makeKey(locked, 'ed25519', 'open sesame');
    copyFileSync(`${locked}.pub`, join(sshd.folder, 'id.pub'));
    const nodes = fleetOf({ ...sshd, identityFile: locked }, 4);
    await using world = await createWorld(nodes, { context: { canPrompt: true } });
    const batch = await world.start('true');
    const raised = await batch.until(({ type }) => type === 'promptRaised');
    assert.ok(raised.type === 'promptRaised');
    await world.client.answer({ batch: batch.id, prompt: raised.prompt, secret: 'close sesame' });
    const again = await batch.until(
      (event) => event.type === 'promptRaised' && event.prompt !== raised.prompt,
    );
    assert.ok(again.type === 'promptRaised' && again.question.type === 'secret');
    assert.match(again.question.label, /^passphrase of .*locked \(the last one was wrong\)$/);
    await world.client.answer({ batch: batch.id, prompt: again.prompt, secret: 'open sesame' });
    const state = await batch.ended;
    assert.equal(batch.events.filter(({ type }) => type === 'promptRaised').length, 2);
    assert.deepEqual(outcomesOf(state), Array(4).fill('ok'));
  });
});
