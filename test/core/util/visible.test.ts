import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { visible } from '../../../core/util/visible.ts';

describe('hostile text made visible', () => {
  const cases: readonly [string, string, string][] = [
    ['plain text and a tab', 'a\tb é 漢 👍', 'a\tb é 漢 👍'],
    ['an escape', '\u001b[2J', '␛[2J'],
    ['a bell and a delete', '\u0007\u007f', '␇␡'],
    ['a C1 control', '\u009b31m', '\\u009b31m'],
    ['a bidi override', '\u202egnp.exe', '\\u202egnp.exe'],
    ['bidi isolates', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['a zero-width space and joiner', 'a\u200bb\u200dc', 'a\\u200bb\\u200dc'],
    ['a byte order mark', '\ufeffx', '\\ufeffx'],
    ['a tag character', '\u{e0041}', '\\u{e0041}'],
    ['a line separator and a new line', '\u2028\n', '\\u2028␊'],
    ['a lone surrogate', '\ud800', '\\ud800'],
    ['a letter that looks like nothing', '\u3164', '\\u3164'],
  ];
  for (const [name, text, expected] of cases)
    it(`shows ${name}`, () => assert.equal(visible(text), expected));

  it('leaves nothing that acts, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(visible(text), /[\p{Cf}\p{Zl}\p{Zp}]|(?!\t)\p{Cc}/u);
      }),
    );
  });
});
