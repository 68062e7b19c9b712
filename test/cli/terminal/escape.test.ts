import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { escapeLine, escapeText } from '../../../cli/terminal/escape.ts';

/** What came, and what a terminal gets. */
const payloads: readonly (readonly [string, string, string])[] = [
  ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
  ['a cleared screen with a false prompt', '\u001b[2J\u001b[Happrove? [Y/n]', '␛[2J␛[Happrove? [Y/n]'],
  ['a window title (OSC 0)', '\u001b]0;pwned\u0007', '␛]0;pwned␇'],
  ['a link (OSC 8)', '\u001b]8;;http://x\u001b\\y', '␛]8;;http://x␛\\y'],
  ['the clipboard (OSC 52)', '\u001b]52;c;cm0=\u0007', '␛]52;c;cm0=␇'],
  ['DCS and APC', '\u001bP+q\u001b\\\u001b_x\u001b\\', '␛P+q␛\\␛_x␛\\'],
  ['C1 controls', '\u009b2J\u0090x', '\\u009b2J\\u0090x'],
  ['bidirectional controls', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
  ['zero-width characters', 'a\u200bb\ufeffc', 'a\\u200bb\\ufeffc'],
  ['a carriage return that hides a line', 'rm -rf\rls', 'rm -rf␍ls'],
  ['backspaces', 'abc\b\b\bxyz', 'abc␈␈␈xyz'],
  ['NUL and DEL', '\0\u007f', '␀␡'],
  ['invisible tags', 'a\u{e0041}', 'a\\u{e0041}'],
  ['Windows line ends', 'a\r\nb', 'a\nb'],
  ['other scripts', 'Grüße 東京 🚀', 'Grüße 東京 🚀'],
];

describe('text that is not ours', () => {
  for (const [what, text, shown] of payloads) {
    it(`shows ${what} as visible text`, () => assert.equal(escapeText(text), shown));
  }

  it('keeps lines and tabs of output, but not in one line', () => {
    assert.equal(escapeText('a\tb\nc'), 'a\tb\nc');
    assert.equal(escapeLine('a\tb\nc'), 'a␉b␊c');
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        // oxlint-disable-next-line no-control-regex -- it is what must not be there
        assert.doesNotMatch(escapeLine(text), /[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
        // oxlint-disable-next-line no-control-regex -- as above
        assert.doesNotMatch(escapeText(text), /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
