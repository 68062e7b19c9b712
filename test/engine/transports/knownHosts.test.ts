import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKnownHosts, type HostKeyBook } from '../../../engine/transports/ssh/knownHosts.ts';
import { parseKnownHosts } from '../../../engine/transports/ssh/knownHostsIndex.ts';
import { fingerprint, keyTypeOf, knownHostName } from '../../../engine/transports/ssh/hostKey.ts';
import { makeKey } from './sshd.ts';
import { temporaryFolder } from './session.ts';

const salt = Buffer.from('0123456789abcdefghij');
const hashed = (name: string): string =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;

describe('known_hosts', () => {
  using folder = temporaryFolder();
  mkdirSync(folder.path, { recursive: true });
  const key = (name: string, type = 'ed25519'): string => {
    makeKey(join(folder.path, name), type);
    return readFileSync(join(folder.path, `${name}.pub`), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ')
      .trim();
  };
  const [own, other, ecdsa] = [key('own'), key('other'), key('ecdsa', 'ecdsa')];
  const blob = (line: string): Buffer => Buffer.from(line.split(' ')[1] ?? '', 'base64');
  const bookOf = async (text: string): Promise<HostKeyBook> => {
    const files = temporaryFolder();
    const file = join(files.path, 'known_hosts');
    writeFileSync(file, text);
    const book = await createKnownHosts({ home: files.path, systemFiles: [] }).open([file]);
    files[Symbol.dispose]();
    return book;
  };
  const web = { host: 'web', port: 22 };

  const verdicts: [what: string, text: string, verdict: string, line?: number][] = [
    ['an empty file', '', 'unknown'],
    ['a plain line', `web ${own}\n`, 'known', 1],
    ['a line that ends in CR', `# comment\r\n\r\nweb ${own} comment here\r\n`, 'known', 3],
    ['a comma list', `db,web,10.0.0.1 ${own}\n`, 'known', 1],
    ['another letter case', `WEB ${own}\n`, 'known', 1],
    ['a wildcard', `w?* ${own}\n`, 'known', 1],
    ['a negated name', `*,!web ${own}\n`, 'unknown'],
    ['a hashed name', `${hashed('web')} ${own}\n`, 'known', 1],
    ['a hashed name of another host', `${hashed('db')} ${own}\n`, 'unknown'],
    ['another port', `[web]:2222 ${own}\n`, 'unknown'],
    ['another key', `web ${other}\n`, 'changed', 1],
    ['another key under a hashed name', `${hashed('web')} ${other}\n`, 'changed', 1],
    ['several keys', `web ${other}\nweb ${own}\n`, 'known', 2],
    ['a key of another type', `web ${ecdsa}\n`, 'changed', 1],
    ['a revoked key beside a good line', `web ${own}\n@revoked * ${own}\n`, 'revoked', 2],
    ['a revoked key of another host', `web ${own}\n@revoked db ${own}\n`, 'known', 1],
    ['a certificate authority only', `@cert-authority *  ${other}\n`, 'authority', 1],
    ['an unknown marker', `@trusted web ${own}\n`, 'unknown'],
    ['a broken key', `web ssh-ed25519 AAAA\n`, 'unknown'],
    ['a key that is not of its type', `web ssh-rsa ${own.split(' ')[1]}\n`, 'unknown'],
  ];
  for (const [what, text, verdict, line] of verdicts) {
    it(`with ${what} says ${verdict}`, async () => {
      const found = (await bookOf(text)).verdict(web, blob(own));
      assert.deepEqual([found.type, 'at' in found ? found.at?.line : undefined], [verdict, line]);
    });
  }

  it('names other ports as sshd(8) does, and takes a key of the bare name there', async () => {
    assert.equal(
      (await bookOf(`[web]:2222 ${own}\n`)).verdict({ host: 'web', port: 2222 }, blob(own)).type,
      'known',
    );
    assert.equal(
      (await bookOf(`web ${own}\n`)).verdict({ host: 'web', port: 2222 }, blob(own)).type,
      'known',
    );
  });

  it('finds the lines that ssh-keygen -F finds', async function () {
    if (spawnSync('ssh-keygen', ['-?']).error) return this.skip();
    const text =
      `web ${own}\n[web]:2222 ${own}\n*.example.com,!bad.example.com ${other}\nw?b,db[1] ${ecdsa}\n` +
      `${hashed('web')} ${other}\n# no ${own}\n@revoked old ${own}\n10.0.0.1,[fe80::1]:22 ${own}\r\n`;
    const file = join(folder.path, 'known_hosts');
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(file, text);
    const index = parseKnownHosts(text);
    for (const name of [
      'web',
      '[web]:2222',
      'a.example.com',
      'bad.example.com',
      'wab',
      'old',
      '10.0.0.1',
      'none',
    ]) {
      const theirs = spawnSync('ssh-keygen', ['-F', name, '-f', file]).stdout.toString();
      const lines = [...theirs.matchAll(/found: line (\d+)/g)].map((each) => Number(each[1]));
      const ours = index.withName(name, 'all').map((each) => each.line);
      assert.deepEqual([name, ours.sort((a, b) => a - b)], [name, lines]);
    }
  });

  it('says the fingerprint that ssh-keygen says', () => {
    mkdirSync(folder.path, { recursive: true });
    const file = join(folder.path, 'one.pub');
    writeFileSync(file, own);
    const theirs = execFileSync('ssh-keygen', ['-lf', file]).toString();
    assert.ok(theirs.includes(fingerprint(blob(own))), theirs);
    assert.deepEqual([keyTypeOf(blob(own)), knownHostName('Web', 2222)], ['ssh-ed25519', '[web]:2222']);
  });

  it('saves a trusted key on a line of its own, in a folder and a file that are ours alone', async () => {
    using home = temporaryFolder();
    const knownHosts = createKnownHosts({ home: home.path, systemFiles: [] });
    const file = join(home.path, '.ssh', 'known_hosts');
    const trusted = (host: string): Parameters<typeof knownHosts.trust>[0] => ({
      host,
      port: 2222,
      keyType: 'ssh-ed25519',
      key: blob(own).toString('base64'),
      fingerprint: '',
      knownHosts: file,
    });
    assert.deepEqual(await knownHosts.trust(trusted('a')), { saved: true });
    assert.deepEqual(
      [statSync(file).mode & 0o777, statSync(join(home.path, '.ssh')).mode & 0o777],
      [0o600, 0o700],
    );
    writeFileSync(file, `b ${own}`);
    await Promise.all([knownHosts.trust(trusted('c')), knownHosts.trust(trusted('d'))]);
    assert.equal(readFileSync(file, 'utf8'), `b ${own}\n[c]:2222 ${own}\n[d]:2222 ${own}\n`);
  });

  it('trusts a key also where it can not be saved, and says so', async () => {
    using home = temporaryFolder();
    writeFileSync(join(home.path, '.ssh'), 'a file where the folder should be');
    const knownHosts = createKnownHosts({ home: home.path, systemFiles: [] });
    const { file } = await knownHosts.open();
    const answer = await knownHosts.trust({
      ...web,
      keyType: 'ssh-ed25519',
      key: blob(own).toString('base64'),
      fingerprint: '',
      knownHosts: file,
    });
    assert.equal(answer.saved, false);
    assert.match(answer.message ?? '', /could not be written/);
    assert.equal((await knownHosts.open()).verdict(web, blob(own)).type, 'known');
  });
});

describe('known_hosts, written by two processes at once (R-H11)', function () {
  it('loses no line', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'known_hosts');
    writeFileSync(file, '# a comment without a line end');
    const program = `
      import { createKnownHosts } from ${JSON.stringify(new URL('../../../engine/transports/ssh/knownHosts.ts', import.meta.url).href)};
      const [, name, file] = process.argv;
      const book = createKnownHosts({ home: '/nowhere', systemFiles: [] });
      const key = (host) => ({ host, port: 22, keyType: 'ssh-ed25519', key: 'AAAA' + host, fingerprint: '', knownHosts: file });
      for (let at = 0; at < 200; at++) {
        const { saved } = await book.trust(key(name + at));
        if (!saved) throw new Error('not saved');
      }
    `;
    const writers = ['left', 'right'].map((name) =>
      spawn(process.execPath, ['--input-type=module', '-e', program, name, file], { stdio: 'inherit' }),
    );
    const codes = await Promise.all(writers.map(async (each) => (await once(each, 'exit'))[0]));
    assert.deepEqual(codes, [0, 0]);
    const lines = readFileSync(file, 'utf8').split('\n');
    const expected = ['left', 'right'].flatMap((name) =>
      Array.from({ length: 200 }, (_, at) => `${name}${at} ssh-ed25519 AAAA${name}${at}`),
    );
    assert.deepEqual(
      lines.filter((line) => line !== '').toSorted(),
      ['# a comment without a line end', ...expected].toSorted(),
    );
  });
});
