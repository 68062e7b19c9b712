import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { LoggedEvent } from '../../core/run/events.ts';
import { makeKey } from '../engine/transports/sshd.ts';
import type { SshServerScript } from '../engine/transports/sshServer.ts';
import { serverWith } from './servers.ts';
import { canary, checkNowhere, filesBelow, watchProcesses } from './sweep.ts';
import { type Batch, createWorld, nodeOf, type World } from './world.ts';

/** A node that knows the password and prints it, plain and in pieces. */
const tells: SshServerScript['command'] = (_line, channel) => {
  channel.write(`it is ${canary.slice(0, 7)}`);
  setTimeout(() => {
    channel.write(`${canary.slice(7)}\n${Buffer.from(canary).toString('base64')}\n`);
    channel.exit(0);
    channel.end();
  }, 50);
};

describe('faults: secrets that are asked for', function () {
  it('R-K1: a password and a passphrase are nowhere but on their way, even where a node prints them', async () => {
    const login: SshServerScript['login'] = (attempt) => {
      if (attempt.method === 'publickey') return attempt.accept();
      if (attempt.method === 'password' && attempt.password === canary) return attempt.accept();
      attempt.reject(['password']);
    };
    await using server = await serverWith({ login, command: tells });
    const locked = join(server.folder, 'locked');
    makeKey(locked, 'ed25519', canary);
    await using world = await createWorld(
      {
        password: nodeOf(server, { auth: ['password'] }),
        passphrase: nodeOf(server, { identityFile: locked, user: 'other' }),
      },
      { context: { canPrompt: true } },
    );
    using processes = watchProcesses();
    const batch = await world.start('true');
    await answerAll(world, batch, 2);
    const state = await batch.ended;
    assert.equal(state.counts.ok, 2);
    assert.match((await world.output(state.id, 'e1')).stdout.toString(), /^it is \*+\n/);
    checkNowhere({ ...(await tracesOf(world, batch)), 'arguments and environments': processes.seen() });
  });

  it('R-K1: a password that is refused is in no message, however the node puts it', async () => {
    const login: SshServerScript['login'] = (attempt) => {
      if (attempt.method === 'password') return attempt.reject(['keyboard-interactive', 'password']);
      attempt.reject(['password']);
    };
    await using server = await serverWith({ login });
    await using world = await createWorld(
      { n1: nodeOf(server, { auth: ['password'] }) },
      { context: { canPrompt: true } },
    );
    const batch = await world.start('true');
    await answerAll(world, batch, 2);
    const state = await batch.ended;
    assert.equal(state.counts.unreachable, 1);
    checkNowhere(await tracesOf(world, batch));
  });
});

/** Gives the canary to the first questions. */
async function answerAll({ client }: World, batch: Batch, count: number): Promise<void> {
  const answered = new Set<string>();
  for (let at = 0; at < count; at++) {
    const event = await batch.until(
      (each) => each.type === 'promptRaised' && each.question.type === 'secret' && !answered.has(each.prompt),
    );
    assert.ok(event.type === 'promptRaised');
    answered.add(event.prompt);
    await client.answer({ batch: batch.id, prompt: event.prompt, secret: canary });
  }
}

/** All that is left of a batch: files, events, state. */
async function tracesOf(world: World, { id, events }: Batch): Promise<Record<string, string>> {
  const state = await world.client.snapshot(id);
  const text = filesBelow(world.folder);
  const all: readonly LoggedEvent[] = events;
  return { 'the folders': text, 'the events': JSON.stringify(all), 'the state': JSON.stringify(state) };
}
