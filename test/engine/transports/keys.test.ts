import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretQuestion } from '../../../core/plugin/transport.ts';
import { createKeyStore } from '../../../engine/transports/ssh/keys.ts';
import { connect, opened, optionsFor, sshTransport, temporaryFolder } from './session.ts';
import { makeKey, sshdProblem, startSshd, type Sshd } from './sshd.ts';

const [agentProgram, addProgram] = ['ssh-agent', 'ssh-add'];

describe('ssh: private keys', function () {
  let sshd: Sshd;

  before(`has an sshd${sshdProblem ? ` (${sshdProblem})` : ''}`, async function () {
    if (sshdProblem) return this.skip();
    sshd = await startSshd(['MaxAuthTries 2']);
  });
  after(() => sshd?.stop());

  for (const [type, name] of [
    ['ed25519', 'ED25519'],
    ['ecdsa', 'ECDSA'],
    ['rsa', 'RSA'],
  ] as const) {
    it(`logs in with an encrypted ${name} key and asks for its passphrase once`, async () => {
      using folder = temporaryFolder();
      const file = join(folder.path, 'key');
      makeKey(file, type, 'open sesame');
      copyFileSync(`${file}.pub`, join(sshd.folder, 'id.pub'));
      const labels: string[] = [];
      const askSecret = async (label: string): Promise<string> => (labels.push(label), 'open sesame');
      const transport = sshTransport({ home: folder.path });
      const options = optionsFor({ ...sshd, identityFile: file });
      const sessions = await Promise.all([1, 2, 3].map(() => opened(transport, options, { askSecret })));
      assert.deepEqual(
        [sessions.map(({ info }) => info.auth), labels],
        [Array(3).fill(`${name} key ~/key`), ['passphrase of ~/key']],
      );
      await Promise.all(sessions.map((each) => each[Symbol.asyncDispose]()));
    });
  }

  it('offers the configured key first of an agent that has many', async function () {
    if (spawnSync(agentProgram, ['-?']).error) return this.skip();
    using folder = temporaryFolder();
    const socket = join(folder.path, 'agent');
    const agent = spawn(agentProgram, ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(agent.stdout, 'data');
    const names = ['a', 'b', 'c', 'd', 'wanted'].map((name) => join(folder.path, name));
    for (const name of names) {
      makeKey(name);
      execFileSync(addProgram, ['-q', name], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    }
    const wanted = join(folder.path, 'wanted');
    copyFileSync(`${wanted}.pub`, join(sshd.folder, 'id.pub'));
    const options = optionsFor({ ...sshd, identityFile: wanted }, { auth: ['agent'] });
    const session = await opened(sshTransport({ agentSocket: socket }), options);
    assert.equal(session.info.auth, 'agent');
    await session[Symbol.asyncDispose]();

    const unnamed = { ...options, identityFiles: [] };
    const connected = await connect(sshTransport({ agentSocket: socket }), unnamed);
    assert.ok(
      !connected.ok && connected.outcome.status === 'unreachable' && connected.outcome.kind === 'auth',
    );
    assert.match(connected.outcome.message, /takes no more tries: too many ways were tried; login as/);
    agent.kill();
    await once(agent, 'exit');
  });

  it('goes on to the key when the agent is gone', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'key');
    makeKey(file);
    copyFileSync(`${file}.pub`, join(sshd.folder, 'id.pub'));
    const transport = sshTransport({ agentSocket: join(folder.path, 'no-agent') });
    const options = optionsFor({ ...sshd, identityFile: file }, { auth: ['agent', 'key'] });
    const session = await opened(transport, options);
    assert.match(session.info.auth ?? '', /^ED25519 key /);
    await session[Symbol.asyncDispose]();
    const alone = await connect(transport, { ...options, auth: ['agent'] });
    assert.match(JSON.stringify(alone), /the agent at [^ ]*no-agent does not answer/);
  });
});

describe('key store', () => {
  it('says why a key can not be used', async () => {
    using folder = temporaryFolder();
    const path = (name: string): string => join(folder.path, name);
    const keys = createKeyStore((file) => file.replace(`${folder.path}/`, ''));
    writeFileSync(path('garbage'), 'no key at all');
    makeKey(path('locked'), 'ed25519', 'secret');
    const messages = await Promise.all([
      keys.load(path('missing')),
      keys.load(path('garbage')),
      keys.load(path('locked')),
      keys.load(path('locked.pub')),
    ]);
    assert.deepEqual(
      messages.map((each) => (each.ok ? 'ok' : each.message)),
      [
        'there is no key missing',
        'garbage is no usable private key',
        'locked needs a passphrase and nobody can be asked',
        'locked.pub is a public key; name the private one',
      ],
    );
  });

  it('asks for a passphrase that many need as for one, again after a wrong one, and says that it was wrong', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'locked');
    makeKey(file, 'ed25519', 'secret');
    const keys = createKeyStore(() => 'locked');
    const labels: string[] = [];
    // The person answers when the other one has read the file too: its reading began before these.
    const answer = async (question: SecretQuestion): Promise<string> => {
      labels.push(typeof question === 'string' ? question : question.label);
      for (let reads = 0; reads < 20; reads++) await readFile(file);
      return `wrong ${labels.length}`;
    };
    const label = 'passphrase of locked';
    const again = `${label} (the last one was wrong)`;
    const loaded = await Promise.all([keys.load(file, answer), keys.load(file, answer)]);
    assert.deepEqual(
      [labels, loaded.map((each) => (each.ok ? 'ok' : each.message))],
      [[label, again, again], Array(2).fill('wrong passphrase for locked')],
    );
    assert.equal((await keys.load(file, async () => 'secret')).ok, true);
  });
});

describe('ssh: the public half of a key', () => {
  it('is read from an encrypted key that has no .pub beside it', async () => {
    using folder = temporaryFolder();
    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      const file = join(folder.path, type);
      makeKey(file, type, 'open sesame');
      const keys = createKeyStore((path) => path);
      const known = await keys.publicKey(file);
      rmSync(`${file}.pub`);
      assert.ok(known && known.length > 40);
      assert.deepEqual(Buffer.from((await keys.publicKey(file)) ?? []), Buffer.from(known));
    }
  });

  it('is nothing where the file is cut off or is no key', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'key');
    makeKey(file, 'ed25519', 'open sesame');
    const [head = '', ...rest] = (await readFile(file, 'utf8')).trim().split('\n');
    rmSync(`${file}.pub`);
    const keys = createKeyStore((path) => path);
    for (const text of [
      '',
      'no key',
      `${head}\nAAAA\n${rest.at(-1)}\n`,
      `${head}\n${(rest[0] ?? '').slice(0, 40)}\n${rest.at(-1)}\n`,
    ]) {
      writeFileSync(file, text);
      assert.equal(await keys.publicKey(file), undefined);
    }
  });
});
