import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expandNames, foldForDisplay, foldNames, foldToTerms } from '../../../core/selection/nodeset.ts';
import { matchesPattern, scanPattern } from '../../../core/selection/nodeset/pattern.ts';

function expand(text: string): readonly string[] {
  const { names, problems } = expandNames(text, 10_000);
  assert.deepEqual(problems, []);
  return names;
}

/** Names with digits in several places, padded or not, some of them odd. */
const names = fc.array(
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom('web', 'r', 'n-', '', '10.0.'),
        fc.nat(120),
        fc.constantFrom('', '.example.com', '-ib', 'n1', 'n2'),
        fc.nat(4),
      )
      .map(([prefix, number, suffix, width]) => `${prefix}${String(number).padStart(width, '0')}${suffix}`),
    fc.constantFrom(
      'all',
      'none',
      'tag:x1',
      'tag:x2',
      '@a',
      'a b',
      'a"b',
      'a,b',
      '[1-3]',
      'x*',
      '~/x/',
      'back\\slash',
      'café1',
      '12345678901234567890',
    ),
    fc.string({ minLength: 1 }),
  ),
  { maxLength: 60 },
);

describe('A node set', () => {
  const folded: readonly (readonly [string, string])[] = [
    ['web01.example.com,web02.example.com,web03.example.com,web07.example.com', 'web[01-03,07].example.com'],
    ['r1n1,r1n2,r2n1,r2n2', 'r[1-2]n[1-2]'],
    ['r1n1,r1n2,r2n1', 'r1n[1-2],r2n1'],
    ['b2,a1,b1,a2', 'b[1-2],a[1-2]'],
    ['n1,n01,n001', 'n[1,01,001]'],
    ['n9,n10,n11', 'n[9-11]'],
    ['n09,n10,n11', 'n[09-11]'],
    ['n98,n99,n100', 'n[98-100]'],
    ['n098,n099,n100', 'n[098-100]'],
    ['n[01-99],n100', 'n[01-99,100]'],
    ['db,db', 'db'],
    ['n99999999999999999998,n99999999999999999999', 'n99999999999999999998,n99999999999999999999'],
    ['"all",x', 'x,"all"'],
    ['', ''],
  ];
  for (const [text, expected] of folded) {
    it(`folds ${text} to ${expected}`, () => assert.equal(foldNames(expand(text)), expected));
  }

  it('expands ranges in the order written, the last bracket running fastest, without repeats', () => {
    assert.deepEqual(expand('r[2,1]n[1-5/2], r1n1'), ['r2n1', 'r2n3', 'r2n5', 'r1n1', 'r1n3', 'r1n5']);
    assert.equal(expand('web[1-9/2]-r[1-4]').length, 20);
    assert.deepEqual(expand('[01-02]a'), ['01a', '02a']);
  });

  it('is the same set after folding and expanding, whatever the names', () => {
    fc.assert(
      fc.property(names, (some) => {
        const back = expand(foldNames(some));
        assert.deepEqual([...back].sort(), [...new Set(some)].sort());
        assert.equal(expandNames(foldNames(some), back.length).names.length, back.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('has every name in exactly one term', () => {
    fc.assert(
      fc.property(names, (some) => {
        const listed = foldToTerms(some).flatMap((term) => term.names);
        assert.deepEqual([...listed].sort(), [...new Set(some)].sort());
      }),
    );
  });

  it('is counted without being made', () => {
    const refusal = (text: string, cap: number): string => {
      const { names: made, problems } = expandNames(text, cap);
      assert.deepEqual(made, []);
      return problems[0]?.message ?? '';
    };
    assert.match(refusal('n[1-1000000]', 999_999), /1,000,000 names, the limit is 999,999/);
    assert.match(refusal('n[1-1000000]x[1-1000000]', 1000), /1,000,000,000,000 names, the limit is 1,000/);
    assert.match(refusal('n[1-3,2-5],m', 5), /6 names/);
  });

  it('refuses globs and broken ranges with their place', () => {
    const columns = ['a,b*', 'web[2-1]', 'a b', 'a,,b', 'a,"b', ' [1'].map(
      (text) => expandNames(text, 10).problems[0]?.range?.column,
    );
    assert.deepEqual(columns, [3, 4, 3, 3, 3, 2]);
  });

  it('is short for display: in order, apart below three names, a common domain once', () => {
    const display = (text: string) => foldForDisplay(expand(text));
    assert.equal(display('edge[01-03,05-10],api[01-02],web012'), 'edge[01-03,05-10] api[01-02] web012');
    assert.equal(display('api22,web012'), 'api22 web012');
    assert.equal(display('web01,web02'), 'web01 web02');
    assert.equal(display('web[01-03,07].example.com'), 'web[01-03,07].example.com');
    assert.equal(display('web[1-2].example.com,db1.example.com'), 'web[1-2] db1 .example.com');
    assert.equal(display('web[1-2].example.com,db1'), 'web[1-2].example.com db1');
    assert.equal(display('10.0.0.[1-3]'), '10.0.0.[1-3]');
    assert.equal(display(''), '');
  });

  it('matches globs beside ranges with the whole name', () => {
    const match = (pattern: string, name: string) => matchesPattern(scanPattern(pattern, 0).pattern, name);
    const cases: readonly (readonly [string, string, boolean])[] = [
      ['web*', 'web', true],
      ['web?', 'web', false],
      ['web?', 'web😀', true],
      ['*', '', true],
      ['*b*', 'abc', true],
      ['*b', 'abc', false],
      ['web[01-03]*', 'web02.example.com', true],
      ['web[01-03]*', 'web2.example.com', false],
      ['web[1-3]?', 'web22', true],
      ['*[1-9/2]', 'x13', true],
      ['*[2-8/2]', 'x13', false],
    ];
    for (const [pattern, name, expected] of cases)
      assert.equal(match(pattern, name), expected, `${pattern} ${name}`);
  });

  it('matches a hostile glob in no time', () => {
    const pattern = scanPattern('*a'.repeat(200), 0).pattern;
    assert.equal(matchesPattern(pattern, `${'a'.repeat(2000)}b`), false);
  });

  it('folds 5,000 names, also with several positions', () => {
    const many = Array.from(
      { length: 5000 },
      (_unused, at) => `r${at % 50}c${Math.floor(at / 50)}.dc1.example.com`,
    );
    assert.equal(foldNames(many), 'r[0-49]c[0-99].dc1.example.com');
  }).timeout(20_000);
});
