import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownKeys } from '../../../../engine/transports/ssh/knownKeys.ts';
import { hashedLine, keyLine } from './knownLines.ts';

describe('what known_hosts says of an endpoint', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'muster-keys-'));
    mkdirSync(join(home, '.ssh'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const told = async (query: Partial<Parameters<typeof knownKeys>[0]>): Promise<readonly string[]> => {
    const files = query.files ?? ['~/.ssh/known_hosts'];
    const keys = await knownKeys({ host: 'web', port: 22, ...query, files }, home);
    return keys.map(({ type, kind, line }) => `${line} ${type} ${kind}`);
  };

  it('has all of its lines, those with hashed names too', async () => {
    const lines = [keyLine('web,10.0.0.1'), keyLine('other'), hashedLine('web'), `@revoked ${keyLine('*')}`];
    writeFileSync(join(home, '.ssh', 'known_hosts'), `${lines.join('\n')}\n`);
    assert.deepEqual((await told({})).toSorted(), [
      '1 ssh-ed25519 plain',
      '3 ssh-ed25519 plain',
      '4 ssh-ed25519 revoked',
    ]);
    const [key] = await knownKeys({ host: 'other', port: 22, files: ['~/.ssh/known_hosts'] }, home);
    assert.match(key?.fingerprint ?? '', /^SHA256:[\w+/]{43}$/);
    assert.equal(key?.file, join(home, '.ssh', 'known_hosts'));
  });

  it('goes by port and by another name, as ssh does', async () => {
    const lines = [keyLine('[web]:2222'), keyLine('alias')];
    writeFileSync(join(home, '.ssh', 'known_hosts'), `${lines.join('\n')}\n`);
    assert.deepEqual(await told({ port: 2222 }), ['1 ssh-ed25519 plain']);
    assert.deepEqual(await told({ port: 2222, alias: 'alias' }), ['2 ssh-ed25519 plain']);
    assert.deepEqual(await told({}), []);
  });

  it('is nothing where there is no such file', async () => {
    assert.deepEqual(await told({ files: [join(home, 'none')] }), []);
  });
});
