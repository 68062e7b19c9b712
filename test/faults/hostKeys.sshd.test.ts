import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedEvent } from '../../core/run/events.ts';
import { connect, optionsFor, sshTransport } from '../engine/transports/session.ts';
import { makeKey, sshdProblem, type Sshd } from '../engine/transports/sshd.ts';
import { knownHostsLine, newKey } from '../engine/transports/sshServer.ts';
import { muster } from './muster.ts';
import { serverWith, sshdWith } from './servers.ts';
import { type Batch, createWorld, messageOf, nodeOf, outcomesOf } from './world.ts';

describe('faults: a host that is not who it was, or nobody knows', function () {
  it('R-H2: an unknown key with nobody to ask fails closed and says how to trust it', async () => {
    await using server = await serverWith();
    writeFileSync(server.knownHosts, '');
    await using world = await createWorld({ n1: nodeOf(server) });
    const args = ['run', 'true', '--on', 'n1', '-i', world.inventory, '--data', world.dataDir];
    const { code, out, err } = await muster([...args, '--output', 'json']);
    const [execution] = JSON.parse(out).executions;
    assert.deepEqual([code, execution.outcome, execution.kind], [1, 'unreachable', 'host-key']);
    assert.match(execution.message, /is not known: .*SHA256:/);
    assert.match(err, /nothing was sent there\. Run this in a terminal to be asked/);
    assert.match(err, /^muster: {3}ssh-keyscan -p \d+ 127\.0\.0\.1 >>\S+known_hosts$/m);
    assert.deepEqual([server.attempts, readFileSync(server.knownHosts, 'utf8')], [[], '']);
  });

  for (const [what, line] of [
    ['unknown', () => ''],
    ['changed', (port: number) => knownHostsLine(port, newKey())],
  ] as const) {
    it(`R-A7: no password is asked for, and nothing is sent, while the key of a host is ${what}`, async () => {
      await using server = await serverWith({ login: (each) => each.reject(['password']) });
      writeFileSync(server.knownHosts, line(server.port));
      await using world = await createWorld(
        { n1: nodeOf(server, { auth: ['key', 'password'] }) },
        { context: { canPrompt: true } },
      );
      const batch = await world.start('true');
      if (what === 'unknown') {
        const { question } = await promptOf(batch);
        assert.equal(question.type, 'host-keys');
        await batch.cancel();
      }
      const state = await batch.ended;
      const secrets = batch.events.filter(
        (event) => event.type === 'promptRaised' && event.question.type === 'secret',
      );
      assert.deepEqual([server.attempts, secrets], [[], []]);
      assert.equal(outcomesOf(state)[0], what === 'unknown' ? 'cancelled' : 'unreachable host-key');
      if (what === 'changed') assert.match(messageOf(state), /another host key than the one you know/);
    });
  }

  const weakened: Record<string, ['ansible' | 'bolt', (port: number, key: string) => string]> = {
    'an Ansible inventory': [
      'ansible',
      (port, key) =>
        `n1 ansible_host=127.0.0.1 ansible_port=${port} ansible_ssh_private_key_file=${key} ` +
        `ansible_ssh_common_args='-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null'\n`,
    ],
    'a Bolt inventory': [
      'bolt',
      (port, key) =>
        `targets:\n  - name: n1\n    uri: ssh://127.0.0.1:${port}\n` +
        `config:\n  ssh:\n    host-key-check: false\n    private-key: ${key}\n`,
    ],
  };
  for (const [what, [type, text]] of Object.entries(weakened)) {
    it(`R-H10: ${what} that turns host key checking off turns nothing off`, async () => {
      await using server = await serverWith();
      await using world = await createWorld({ n1: nodeOf(server) });
      const path = join(world.folder, type === 'bolt' ? 'inventory.yaml' : 'hosts.ini');
      writeFileSync(path, text(server.port, server.identityFile));
      const state = await world.run('true', { sources: [{ type, path }] });
      assert.deepEqual(outcomesOf(state), ['unreachable host-key']);
      assert.deepEqual(server.attempts, []);
    });
  }
});

describe(`faults: known_hosts beside OpenSSH${sshdProblem ? ` (${sshdProblem})` : ''}`, function () {
  it('R-H5: the same verdict as ssh in batch mode, file by file', async function () {
    if (sshdProblem) return this.skip();
    await using sshd = await sshdWith(['MaxStartups 500']);
    const files = knownHostsFiles(sshd);
    const verdicts = await Promise.all(
      Object.entries(files).map(async ([what, text], at) => {
        const file = join(sshd.folder, `known.${at}`);
        writeFileSync(file, text);
        const [theirs, ours] = await Promise.all([acceptedBySsh(sshd, file), acceptedByUs(sshd, file)]);
        return { what, theirs, ours };
      }),
    );
    assert.deepEqual(
      verdicts.map(({ what, ours }) => [what, ours]),
      verdicts.map(({ what, theirs }) => [what, theirs]),
    );
    assert.equal(new Set(verdicts.map(({ theirs }) => theirs)).size, 2);
  });
});

async function promptOf(batch: Batch): Promise<Extract<LoggedEvent, { type: 'promptRaised' }>> {
  const event = await batch.until(({ type }) => type === 'promptRaised');
  assert.ok(event.type === 'promptRaised');
  return event;
}

/** known_hosts files by what is in them; the server's key is among all those that should let it in. */
function knownHostsFiles(sshd: Sshd): Record<string, string> {
  const own = keyOf(sshd.hostKeyFile);
  makeKey(join(sshd.folder, 'other'));
  const other = keyOf(join(sshd.folder, 'other'));
  const name = `[127.0.0.1]:${sshd.port}`;
  const filler = Array.from(
    { length: 60_000 },
    (_, at) => `h${at}.example.com,10.${at >> 8}.${at & 255}.1 ${other}\n`,
  );
  return {
    plain: `${name} ${own}\n`,
    empty: '',
    'another key': `${name} ${other}\n`,
    'two keys': `${name} ${other}\n${name} ${own}\n`,
    'a comma list': `web,${name},10.0.0.1 ${own}\n`,
    'comments and CRLF': `# comment\r\n\r\n${name} ${own} with comment\r\n`,
    'leading blanks': `  ${name} ${own}\n`,
    hashed: `${hashed(name)} ${own}\n`,
    'hashed, another key': `${hashed(name)} ${other}\n`,
    'another port': `[127.0.0.1]:1 ${own}\n`,
    'the bare name': `127.0.0.1 ${own}\n`,
    'the bare name, another key': `127.0.0.1 ${other}\n`,
    'a wildcard': `[127.0.0.*]:${sshd.port} ${own}\n`,
    'a question mark': `[127.0.0.?]:${sshd.port} ${own}\n`,
    negated: `[127.*]:*,!${name} ${own}\n`,
    revoked: `${name} ${own}\n@revoked * ${own}\n`,
    'another revoked key': `${name} ${own}\n@revoked * ${other}\n`,
    'an authority only': `@cert-authority * ${other}\n`,
    'an unknown marker': `@trusted ${name} ${own}\n`,
    'no final newline': `${name} ${own}`,
    'a broken line before': `${name} ssh-ed25519 AAAA\n${name} ${own}\n`,
    '10 MB': `${filler.join('')}${filler.join('')}${name} ${own}\n`,
  };
}

function keyOf(file: string): string {
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ').trim();
}

function hashed(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

function acceptedBySsh({ identityFile, port }: Sshd, knownHosts: string): Promise<boolean> {
  const settings = {
    UserKnownHostsFile: knownHosts,
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    BatchMode: 'yes',
    UpdateHostKeys: 'no',
    IdentityFile: identityFile,
    IdentitiesOnly: 'yes',
    Port: port,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return new Promise((resolve) => {
    execFile('ssh', ['-F', 'none', ...options, '127.0.0.1', 'true'], (error) => resolve(error === null));
  });
}

async function acceptedByUs(sshd: Sshd, knownHosts: string): Promise<boolean> {
  const connected = await connect(sshTransport(), optionsFor({ ...sshd, knownHosts }));
  if (connected.ok) await connected.session[Symbol.asyncDispose]();
  return connected.ok;
}
