import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineWriter } from '../../../cli/run/lineWriter.ts';
import { escapeText } from '../../../cli/terminal/escape.ts';

/** What is written when the bytes come in pieces of these lengths. */
function writtenOf(bytes: Uint8Array, lengths: readonly number[] = [], prefix = '  '): string {
  const written: Uint8Array[] = [];
  const writer = lineWriter(prefix, (text) => void written.push(Buffer.from(text)));
  let from = 0;
  for (const length of lengths) {
    writer.add(bytes.subarray(from, from + length));
    from += length;
  }
  writer.add(bytes.subarray(from));
  writer.end();
  return Buffer.concat(written).toString();
}

const asText = (text: string): string => writtenOf(Buffer.from(text));

describe('output behind a prefix', () => {
  it('has each line behind it, also one that is empty or has no end', () => {
    assert.equal(asText('one\n\nthree'), '  one\n  \n  three\n');
    assert.equal(asText('one\n'), '  one\n');
    assert.equal(asText(''), '');
  });

  it('is the same wherever it is cut, also inside a character', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('\u001b[31mred\u001b[0m', 'plain\r', '\t|', 'x'.repeat(40)),
    );
    const cuts = fc.array(fc.nat(30), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), cuts, (lines, lengths) => {
        const bytes = Buffer.from(lines.join('\n'));
        assert.equal(writtenOf(bytes, lengths), writtenOf(bytes));
      }),
    );
  });

  it('keeps plain lines as they are, however many, and lets no control through beside them', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) =>
      at % 5000 === 7 ? `\u001b]0;${at}\u0007` : `${at}`,
    );
    const wanted = lines.map((line) => `> ${escapeText(line)}\n`).join('');
    assert.equal(writtenOf(Buffer.from(`${lines.join('\n')}\n`), [100_000], '> '), wanted);
  });

  it('cuts a line that does not end, between characters', () => {
    const text = 'é'.repeat(50_000);
    const written = asText(`a${text}`).split('\n');
    assert.deepEqual(
      written.map((line) => line.length),
      [2 + 32_768, 2 + 17_233, 0],
    );
    assert.ok(!written.join('').includes('\ufffd'));
  });

  it('has a replacement for bytes that are no text', () => {
    assert.equal(writtenOf(Buffer.from([0x61, 0xff, 0x62, 0x0a])), '  a\ufffdb\n');
  });
});
