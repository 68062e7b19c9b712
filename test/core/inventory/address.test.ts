import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addressText,
  hopText,
  hostProblem,
  nameProblem,
  parseAddress,
  userProblem,
} from '../../../core/inventory/address.ts';

const hostile = [
  '-oProxyCommand=touch x',
  'a;b',
  '$(id)',
  '`id`',
  'a b',
  'a\nb',
  'a\u0000b',
  'a|b',
  'a&b',
  'a>b',
  'a<b',
  "a'b",
  'a"b',
  'a(b',
  'a{b',
  'a\u202eb',
  '',
  'a*',
  '~x',
  '!x',
  'a,b',
];

describe('addresses', () => {
  it('refuses hosts that could become an option or a command', () => {
    for (const text of [...hostile, '[::1]', 'web:22', 'a/b', 'a\\b', 'a@b'])
      assert.ok(hostProblem(text), JSON.stringify(text));
  });

  it('refuses users that could become an option or a command', () => {
    for (const text of [...hostile, 'a:b', 'a\\', 'a/b', 'a$'])
      assert.ok(userProblem(text), JSON.stringify(text));
  });

  it('refuses names that a selection could not say', () => {
    for (const text of [...hostile, '@a', 'tag:a', 'all', 'a[1]'])
      assert.ok(nameProblem(text), JSON.stringify(text));
  });

  it('allows what real networks use', () => {
    for (const host of [
      'web-01.example.com',
      '10.0.0.5',
      '2001:db8::1',
      'fe80::1%eth0',
      'under_score',
      'bücher.example',
    ]) {
      assert.equal(hostProblem(host), undefined, host);
    }
    for (const user of ['root', 'deploy-1', 'EXAMPLE\\me', 'me@example.com', 'a.b+c']) {
      assert.equal(userProblem(user), undefined, user);
    }
  });

  it('reads user, host and port', () => {
    assert.deepEqual(parseAddress('web'), { host: 'web' });
    assert.deepEqual(parseAddress('me@web:22'), { user: 'me', host: 'web', port: 22 });
    assert.deepEqual(parseAddress('me@example.com@web'), { user: 'me@example.com', host: 'web' });
    assert.deepEqual(parseAddress('2001:db8::1'), { host: '2001:db8::1' });
    assert.deepEqual(parseAddress('[2001:db8::1]:2222'), { host: '2001:db8::1', port: 2222 });
    assert.ok('message' in parseAddress('web:99999'));
    assert.ok('message' in parseAddress('-x@web'));
  });

  it('are written as they are read', () => {
    const written = ['web', 'me@web:2222', '2001:db8::1', 'me@[2001:db8::1]:22', '10.0.0.5:1'];
    for (const text of written) {
      const address = parseAddress(text);
      assert.ok('host' in address, text);
      assert.equal(addressText(address), text);
      assert.deepEqual(parseAddress(hopText(address)), address);
    }
    assert.equal(hopText({ user: 'me', host: '2001:db8::1' }), 'me@[2001:db8::1]');
  });

  it('never passes on a character that a shell knows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const address = parseAddress(text);
        if ('host' in address)
          assert.doesNotMatch(address.host + (address.user ?? ''), /^-|[\s'"`$;&<>|(){}!*?~#\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
