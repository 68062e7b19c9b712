import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readJson } from '../../../core/util/readJson.ts';

const wrong: readonly (readonly [text: string, place: string, message: RegExp])[] = [
  ['', '', /A value is missing at the end/],
  ['{"a": 1', '', /A comma or } is missing at the end/],
  ['{"a" 1}', '1', /A colon is missing here/],
  ['{"a": 1 "b": 2}', '"b"', /A comma or } is missing here/],
  ['{a: 1}', 'a', /A name in double quotes/],
  ['{"a": [1, 2,]}', ']', /A value is missing here/],
  ['{"a": yes}', 'yes', /A value is missing here/],
  ['{"a": "b\n"}', '"', /does not end/],
  ['{"a": 1, "a": 2}', '"a"', /"a" is here twice/],
  ['{} {}', '{', /The end is missing here/],
  ['{"a": 01}', '01', /A value is missing here/],
];

describe('JSON with places', () => {
  for (const [text, place, message] of wrong) {
    it(`says what is wrong, and where: ${JSON.stringify(text)}`, () => {
      const read = readJson(text);
      assert.ok(!read.ok);
      assert.match(read.message, message);
      assert.equal(text.slice(read.at.start, read.at.end), place);
    });
  }

  it('knows where the outermost names are', () => {
    const text = '{ "a": {"b": 1},\n  "c": [] }';
    const read = readJson(text);
    assert.ok(read.ok);
    const found = [...read.keys].map(([name, { start, end }]) => [name, text.slice(start, end)]);
    assert.deepEqual(found, [
      ['a', '"a"'],
      ['c', '"c"'],
    ]);
  });

  it('takes what JSON.parse takes and nothing else, but for names that come twice', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-0.5e3',
      'null',
      ' ',
      'x',
      '"',
    );
    const texts = fc.oneof(
      fc.json(),
      fc.array(pieces, { maxLength: 12 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = readJson(text);
        if (read.ok) assert.deepEqual(read.value, JSON.parse(text));
        else if (!/twice/.test(read.message)) assert.throws(() => JSON.parse(text));
      }),
    );
  });
});
