import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { carryAfter, longestShown, plainText, settle, spansOf } from '../../../webview/view/terminal.ts';

describe('a line of output', () => {
  const settled: readonly [string, string, string][] = [
    ['keeps plain text', 'hello', 'hello'],
    ['drops the carriage return before a new line', 'hello\r', 'hello'],
    ['returns to the start', '10 %\r100 %', '100 %'],
    ['keeps what a shorter rewrite leaves', 'abcdef\rXY', 'XYcdef'],
    ['goes back one for a backspace', 'passwodr\b\brd', 'password'],
    ['stays at the start for more backspaces than text', '\b\bab', 'ab'],
    ['rewrites characters beyond the basic plane', '👍👍\rx', 'x👍'],
    ['shows what would clear the screen', '\u001b[2Japprove? [Y/n]', '␛[2Japprove? [Y/n]'],
    ['shows a title and its bell', '\u001b]0;owned\u0007', '␛]0;owned␇'],
    ['shows a link', '\u001b]8;;http://x\u001b\\y', '␛]8;;http://x␛\\y'],
    ['shows a clipboard write', '\u001b]52;c;eA==\u0007', '␛]52;c;eA==␇'],
    ['shows device control and application strings', '\u001bPq\u001b\\\u001b_x', '␛Pq␛\\␛_x'],
    ['shows C1 controls', '\u009b31mx', '\\u009b31mx'],
    ['shows private and malformed colour sequences', '\u001b[>4;2m\u001b[38:5:1m', '␛[>4;2m␛[38:5:1m'],
    ['shows bidi', 'a\u202eb', 'a\\u202eb'],
  ];
  for (const [name, raw, expected] of settled) it(name, () => assert.equal(settle(raw), expected));

  it('gives the sixteen colours as classes', () => {
    assert.deepEqual(spansOf('\u001b[1;31mno\u001b[0m yes', ''), [
      { text: 'no', classes: 'ansi-bold ansi-red' },
      { text: ' yes', classes: '' },
    ]);
  });

  it('gives other colours as values, toned down', () => {
    const toned = 'color-mix(in srgb, rgb(255, 0, 0) 75%, var(--vscode-foreground))';
    assert.deepEqual(spansOf('\u001b[38;5;196ma\u001b[48;2;1;2;3mb', ''), [
      { text: 'a', classes: '', color: toned },
      { text: 'b', classes: '', background: 'color-mix(in srgb, rgb(1, 2, 3) 40%, transparent)' },
    ]);
  });

  it('keeps text on a background readable', () => {
    assert.deepEqual(spansOf('\u001b[30;42mx', ''), [{ text: 'x', classes: 'ansi-green-bg' }]);
    assert.deepEqual(spansOf('\u001b[7;32mx', ''), [{ text: 'x', classes: 'ansi-green-bg' }]);
  });

  it('keeps colours of the line before, and through a carriage return', () => {
    assert.deepEqual(spansOf('still', '\u001b[32m'), [{ text: 'still', classes: 'ansi-green' }]);
    assert.deepEqual(spansOf('\u001b[32mold\r\u001b[31mn', ''), [
      { text: 'n', classes: 'ansi-red' },
      { text: 'ld', classes: 'ansi-green' },
    ]);
  });

  it('carries colours until they are reset', () => {
    assert.equal(carryAfter('\u001b[31mred', ''), '\u001b[31m');
    assert.equal(carryAfter('on\u001b[1m', '\u001b[31m'), '\u001b[31m\u001b[1m');
    assert.equal(carryAfter('off\u001b[m', '\u001b[31m'), '');
  });

  it('is cut when it is very long, and says how much is missing', () => {
    const spans = spansOf('x'.repeat(longestShown + 500), '');
    assert.equal(spans.map(({ text }) => text.length).reduce((a, b) => a + b) < longestShown + 40, true);
    assert.equal(spans.at(-1)?.text, ' … 500 more characters');
  });

  it('copies without colours', () => assert.equal(plainText('\u001b[31mno\u001b[0m\u001b[K'), 'no␛[K'));

  it('never gives out a character that acts', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001b[',
        '31m',
        '\u001b[1m',
        '\r',
        '\b',
        '\u001b]0;',
        '\u0007',
        '\u202e',
        ';',
        '\u009b',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('', '\u001b[31m'), (pieces, carry) => {
        const text = spansOf(pieces.join('').replaceAll('\n', ''), carry)
          .map((span) => span.text)
          .join('');
        assert.doesNotMatch(text, /[\p{Cf}\p{Zl}\p{Zp}]|(?!\t)\p{Cc}/u);
      }),
    );
  });
});
