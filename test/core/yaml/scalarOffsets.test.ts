import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isMap, isScalar, parseDocument, stringify } from 'yaml';
import { scalarOffsets } from '../../../core/yaml/scalarOffsets.ts';

/** The scalar under `a`, and where each of its characters was written. */
function placesIn(text: string): { value: string; written: string } {
  const { contents } = parseDocument(text);
  const node = isMap(contents) ? contents.get('a', true) : undefined;
  assert(isScalar(node) && node.range);
  return { value: String(node.value), written: text.slice(node.range[0]) };
}

describe('the place of a character of a scalar', () => {
  const texts = [
    'a: plain text',
    'a: plain\n  on two\n  lines x',
    "a: 'it''s {{ x }}'",
    String.raw`a: "tab\t and \u00e9 {{ x }} \U0001F600 y"`,
    'a: |\n  one\n    two {{ x }}\n\n  three y\nb: 1',
    'a: >-\n  one\n  two {{ x }}\n\n  three y\nb: 1',
    'a: |2-\n    one\n   two x',
    'a: "on two\n  lines x"',
  ];
  for (const text of texts) {
    it(`is found in ${JSON.stringify(text)}`, () => {
      const { value, written } = placesIn(text);
      const offset = scalarOffsets(written, value);
      for (const [at, character] of value.split('').entries()) {
        if (/^[a-z{}]$/.test(character))
          assert.equal(written[offset(at)], character, `character ${at} of ${value}`);
      }
    });
  }

  it('is found in whatever the library writes', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', '{', '}', ' ', '\n', "'", '"', '\\', ':', '#', 'é'),
      minLength: 1,
    });
    fc.assert(
      fc.property(
        word,
        fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'),
        (value, type) => {
          const text = stringify({ a: value }, { defaultStringType: type as 'PLAIN', lineWidth: 0 });
          const read = placesIn(text);
          const offset = scalarOffsets(read.written, read.value);
          for (let at = 0; at < read.value.length; at += 1)
            if (/[ab{}é]/.test(read.value[at] ?? '')) assert.equal(read.written[offset(at)], read.value[at]);
        },
      ),
    );
  });
});
