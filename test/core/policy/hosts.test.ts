import assert from 'node:assert/strict';
import { canonicalHost } from '../../../core/policy/hostAddress.ts';
import { hostPatternProblem, matchesHost } from '../../../core/policy/hostPattern.ts';

describe('the one spelling of a host', () => {
  const spellings: Readonly<Record<string, readonly string[]>> = {
    'db01.example.com': ['DB01.Example.COM', 'db01.example.com.', 'db01.example.com..'],
    '10.0.0.5': [
      '10.0.0.5',
      '10.5',
      '0xa.0.0.5',
      '012.0.0.5',
      '167772165',
      '::ffff:10.0.0.5',
      '[::FFFF:a00:5]',
    ],
    '127.0.0.1': [
      'localhost',
      'LOCALHOST.',
      'ip6-localhost',
      'a.localhost',
      '127.1',
      '::1',
      '0:0:0:0:0:0:0:1',
    ],
    '2001:db8:0:0:0:0:0:1': ['2001:DB8::1', '2001:0db8:0000::0001', '[2001:db8::1]', '2001:db8::1%eth0'],
  };
  for (const [one, all] of Object.entries(spellings)) {
    for (const text of all) it(`of ${text} is ${one}`, () => assert.equal(canonicalHost(text), one));
  }

  for (const text of [
    '1.2.3.4.5',
    '256.1.1.1',
    '08.1.1.1',
    '1::2::3',
    'fe80:::1',
    '12345::1',
    'web-01',
    '',
  ]) {
    it(`leaves ${JSON.stringify(text)} as a name`, () => assert.equal(canonicalHost(text), text));
  }
});

describe('a pattern of addresses', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['10.0.0.0/8', '10.200.3.4', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', 'db01', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::7', true],
    ['10.0.0.5/32', '10.0.0.6', false],
    ['*.prod.example.com', 'DB01.prod.example.com.', true],
    ['*.prod.example.com', 'prod.example.com', false],
    ['db*.prod.*.com', 'db1.prod.example.com', true],
    ['a*a', 'a', false],
    ['a*b*b', 'ab', false],
    ['10.0.0.5', '10.5', true],
    ['*', 'anything', true],
  ];
  for (const [pattern, host, expected] of cases) {
    it(`${pattern} ${expected ? 'means' : 'does not mean'} ${host}`, () =>
      assert.equal(matchesHost(pattern, host), expected));
  }

  it('is refused where it can not be compared', () => {
    const refused = ['10.0.0.0/33', 'example.com/8', '10.0.0.0/8/8', 'a b', '10.0.0.0/', '$(id)'];
    assert.deepEqual(
      refused.filter((text) => !hostPatternProblem(text)),
      [],
    );
    const fine = ['10.0.0.0/8', '::/0', '*.example.com', 'db01', '2001:db8::1'];
    assert.deepEqual(fine.filter(hostPatternProblem), []);
  });
});
