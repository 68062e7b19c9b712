import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkRegex, compileRegex } from '../../../core/selection/regex.ts';

describe('A regular expression in a selection', () => {
  const sources = [
    '^web\\d+$',
    'a|b|',
    '(?:ab)+c?',
    '[a-c]{2,3}$',
    '^[^b]*$',
    'a{2}',
    'a{2,}',
    '(a|b)*c',
    '\\bab\\b',
    'a\\Bb',
    '^$',
    'a.*b.*c',
    '(?<name>a)b',
    '\\x61',
    '\\u0061b',
    '\\u{61}',
    '\\p{Lu}',
    'a+?b',
    '(-a+)+',
    '',
    '^(a|ab)(c|bcd)$',
    '[\\]a]',
    'a{0}b',
    '.',
  ];
  for (const source of sources.filter((one) => one !== '')) {
    it(`/${source}/ matches what JavaScript matches`, () => {
      assert.equal(checkRegex(source), undefined);
      const matches = compileRegex(source);
      const expected = new RegExp(source, 'u');
      const text = fc.array(
        fc.constantFrom('a', 'b', 'c', 'd', 'w', 'e', '1', '-', ' ', 'A', ']', '\n', '😀'),
        { maxLength: 8 },
      );
      fc.assert(
        fc.property(text, (characters) => {
          const some = characters.join('');
          assert.equal(matches(some), expected.test(some), JSON.stringify(some));
        }),
        { numRuns: 300 },
      );
    });
  }

  for (const source of [
    '(a+)+$',
    '(a*)*',
    '((a+)b?)+',
    '(a|b+)*',
    '(a+){2,}',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    'a(?=b)',
    '(?<!a)b',
    'a(',
    '[b-a]',
    '',
    'a'.repeat(501),
    'a{1001}',
    '(a{100}){100}',
  ]) {
    it(`/${source.slice(0, 20)}/ is refused and matches nothing`, () => {
      assert.ok(checkRegex(source));
      assert.equal(compileRegex(source)('aab'), false);
    });
  }

  it('takes time that grows with the text only, where backtracking would take years', () => {
    const matches = compileRegex('^(a|a)*(a|aa)*.*.*.*.*x$');
    assert.equal(matches('a'.repeat(5000)), false);
  }).timeout(20_000);
});
