import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpensshOptions } from '../../../core/plugin/options.ts';
import { labelOf } from '../../../engine/transports/openssh/askpass.ts';
import { writeWay } from '../../../engine/transports/openssh/config.ts';
import { opened, opensshTransport, run, temporaryFolder } from './session.ts';
import { makeKey, sshdProblem, startSshd } from './sshd.ts';

const askpassProgram = join(import.meta.dirname, '../../../engine/transports/openssh/askpassProcess.ts');
/** Where Debian's softhsm2 has it: a token without hardware. */
const library = '/usr/lib/softhsm/libsofthsm2.so';
const problem =
  sshdProblem ?? (existsSync(library) ? undefined : `skipped: there is no ${library}; install softhsm2`);
const pin = '4321';

describe('openssh: keys that are no files', function () {
  this.timeout(40_000);

  it(`logs in with a key of a PKCS#11 token, and asks for its PIN by its name${problem ? ` (${problem})` : ''}`, async function () {
    if (problem) return this.skip();
    using folder = temporaryFolder();
    const token = makeToken(folder.path);
    const node = await startSshd();
    try {
      // sshd takes the key of the token instead of the file's.
      writeFileSync(`${node.identityFile}.pub`, token.publicKey);
      const sshConfig = join(folder.path, 'config');
      writeFileSync(sshConfig, `Host 127.0.0.1\n  PKCS11Provider ${library}\n`);
      const labels: string[] = [];
      const askSecret = (label: string): Promise<string> => {
        labels.push(label);
        return Promise.resolve(pin);
      };
      const transport = opensshTransport({ askpassProgram, env: token.env });
      const options = { ...optionsWith(sshConfig), port: node.port, knownHosts: [node.knownHosts] };
      await using session = await opened(transport, options, { askSecret });
      assert.equal((await run(session, 'echo in')).stdout.toString(), 'in\n');
      assert.deepEqual(labels, ['PIN of muster']);
    } finally {
      await node.stop();
    }
  });

  it('has in the words of a person what ssh asks about tokens and security keys', () => {
    const shorten = (path: string): string => path.replace('/home/ada/', '~/');
    const label = (text: string): string => labelOf(text, { shorten, host: 'web1' });
    assert.equal(label("Enter PIN for 'My Token': "), 'PIN of My Token');
    assert.equal(label('Enter PIN for ED25519-SK key /home/ada/.ssh/id_sk: '), 'PIN of ~/.ssh/id_sk');
    assert.equal(
      label('Enter PIN and confirm user presence for ECDSA-SK key /home/ada/.ssh/id_sk: '),
      'PIN of ~/.ssh/id_sk',
    );
  });

  it('passes on what a configuration says about GSSAPI, tokens and security keys', function () {
    if (sshdProblem) return this.skip();
    using folder = temporaryFolder();
    const own = join(folder.path, 'config');
    const lines = [
      'GSSAPIAuthentication yes',
      'GSSAPIDelegateCredentials yes',
      'SecurityKeyProvider /opt/sk.so',
      'PKCS11Provider /opt/p11.so',
    ];
    writeFileSync(own, `Host 127.0.0.1\n${lines.map((line) => `  ${line}\n`).join('')}`);
    const keepalive = { intervalMs: 15_000, count: 3 };
    const { config, destination } = writeWay(optionsWith(own), { home: folder.path, keepalive });
    const file = join(folder.path, 'way');
    writeFileSync(file, config);
    const resolved = execFileSync('ssh', ['-G', '-F', file, '--', destination], { encoding: 'utf8' });
    const lower = resolved.toLowerCase().split('\n');
    for (const line of lines) assert.ok(lower.includes(line.toLowerCase()), `${line} is not in ${resolved}`);
  });
});

function optionsWith(sshConfig: string): OpensshOptions {
  return { host: '127.0.0.1', identityFiles: [], sshConfig, auth: ['key'], via: [] };
}

/** A token in a folder, with one key; its name is `muster`. What runs with `env` finds it. */
function makeToken(folder: string): { publicKey: string; env: Record<string, string> } {
  const path = (name: string): string => join(folder, name);
  mkdirSync(path('tokens'));
  mkdirSync(path('.config/softhsm2'), { recursive: true });
  writeFileSync(path('.config/softhsm2/softhsm2.conf'), `directories.tokendir = ${path('tokens')}\n`);
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const softhsm = (...args: readonly string[]): unknown =>
    execFileSync('softhsm2-util', [...args, '--pin', pin], { env, stdio: 'ignore' });
  softhsm('--init-token', '--free', '--label', 'muster', '--so-pin', '87654321');
  makeKey(path('key'), 'ecdsa');
  const publicKey = readFileSync(path('key.pub'), 'utf8');
  execFileSync('ssh-keygen', ['-q', '-p', '-m', 'PKCS8', '-N', '', '-f', path('key')]);
  softhsm('--import', path('key'), '--token', 'muster', '--label', 'key', '--id', 'a1');
  return { publicKey, env };
}
