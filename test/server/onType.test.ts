import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { onTypeFormatting } from '../../server/service/format/onType.ts';

/** The text after a character was typed at the `¦`, with the cursor where an editor leaves it. */
function typed(marked: string, character: string): string {
  const at = marked.indexOf('¦');
  const text = marked.slice(0, at) + character + marked.slice(at + 1);
  const document = TextDocument.create('file:///a.playbook.yaml', 'muster-playbook', 1, text);
  const position = document.positionAt(at + character.length);
  const [edit] = onTypeFormatting(document, { position, typed: character.at(0) ?? '' });
  if (!edit) return `${text.slice(0, at + character.length)}¦${text.slice(at + character.length)}`;
  const after = TextDocument.applyEdits(document, [edit]);
  const cursor = document.offsetAt(edit.range.start) + edit.newText.length;
  return `${after.slice(0, cursor)}¦${after.slice(cursor)}`;
}

const lines: readonly (readonly [what: string, before: string, after: string])[] = [
  ['below a block scalar', 'steps:\n  - run: |¦', 'steps:\n  - run: |\n      ¦'],
  ['below one that keeps its end, with a comment', 'a:\n  b: >- # why¦\n', 'a:\n  b: >- # why\n    ¦\n'],
  ['below one with columns of its own', 'a:\n  b: |4¦\n', 'a:\n  b: |4\n      ¦\n'],
  ['below a block scalar that is an item', 'a:\n  - |¦', 'a:\n  - |\n    ¦'],
  ['above what a block scalar says already', 'a: |¦\n   x\n', 'a: |\n   ¦\n   x\n'],
  [
    'in a block scalar, as deep as the line above',
    'a: |\n  if x; then\n      y¦',
    'a: |\n  if x; then\n      y\n      ¦',
  ],
  ['in a block scalar, below an empty line', 'a: |\n  x\n¦', 'a: |\n  x\n\n  ¦'],
  ['in a block scalar, where a key is none', 'a: |\n  b:¦', 'a: |\n  b:\n  ¦'],
  ['in a block scalar, where a dash is none', 'a: |\n  - b¦', 'a: |\n  - b\n  ¦'],
  ['below a key without a value', 'a:\n  b:¦\n', 'a:\n  b:\n    ¦\n'],
  ['below a key of an item', 'steps:\n  - copy:¦', 'steps:\n  - copy:\n      ¦'],
  ['below a key whose value stands there already', 'a:¦\n    b: 1\n', 'a:\n    ¦\n    b: 1\n'],
  ['below a key with a list at its own column', 'a:¦\n- b\n', 'a:\n¦\n- b\n'],
  ['beside a key', 'a:\n  b: 1¦\n', 'a:\n  b: 1\n  ¦\n'],
  ['beside the keys of an item', 'steps:\n  - run: x¦\n', 'steps:\n  - run: x\n    ¦\n'],
  ['below an item of one word', 'needs:\n  - a¦\n', 'needs:\n  - a\n  - ¦\n'],
  ['below an item in quotes', "a:\n  - 'b: c'¦\n", "a:\n  - 'b: c'\n  - ¦\n"],
  ['below an item in brackets', 'a:\n  - { b: c }¦\n', 'a:\n  - { b: c }\n  - ¦\n'],
  ['below an item of a list in a list', 'a:\n  - - b¦\n', 'a:\n  - - b\n    - ¦\n'],
  ['below an item that is to come', 'a:\n  -¦\n', 'a:\n  -\n    ¦\n'],
  ['at the end of a list', 'a:\n  b:\n    - c\n    - ¦\n', 'a:\n  b:\n    - c\n  ¦\n'],
  ['at the end of a list at the column of its key', 'a:\n- c\n- ¦\n', 'a:\n- c\n¦\n'],
  ['behind a bracket', 'a: {¦', 'a: {\n  ¦'],
  ['between brackets', 'a: {\n  b: 1,¦', 'a: {\n  b: 1,\n  ¦'],
  ['below a comment', 'a:\n  # why¦', 'a:\n  # why\n  ¦'],
  ['in the middle of a word', 'a:\n  - b¦c\n', 'a:\n  - b\n¦c\n'],
  ['below an empty line', 'a:\n  b: 1\n¦\n', 'a:\n  b: 1\n\n¦\n'],
  ['at the top', '¦a: 1', '\n¦a: 1'],
];

describe('typing', () => {
  for (const [what, before, after] of lines)
    it(`begins a line ${what}: ${JSON.stringify(before)}`, () => {
      assert.equal(typed(before, '\n'), after);
    });

  it('begins a line in the same way whatever the editor has put there', () => {
    for (const own of ['    ', '  - ', '      - ', '\t']) {
      assert.equal(typed('steps:\n  - run: |¦', `\n${own}`), 'steps:\n  - run: |\n      ¦');
      assert.equal(typed('needs:\n  - a¦\n', `\n${own}`), 'needs:\n  - a\n  - ¦\n');
    }
  });

  it('takes a dash for the one that was written for it', () => {
    assert.equal(typed('needs:\n  - a\n  - ¦\n', '-'), 'needs:\n  - a\n  ¦-\n');
    assert.equal(typed('needs:\n  - ¦\n', '-'), 'needs:\n  - -¦\n');
    assert.equal(typed('a: |\n  - a\n  - ¦\n', '-'), 'a: |\n  - a\n  - -¦\n');
  });

  it('never fails, and changes nothing but the line, whatever the text is', () => {
    const piece = fc.constantFrom(
      'a:',
      ' ',
      '  ',
      '- ',
      'b',
      '|',
      '>-',
      '\n',
      '{',
      '}',
      '[',
      '"',
      "'",
      '#',
      ': ',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, place) => {
        const text = pieces.join('');
        const at = place % (text.length + 1);
        const after = typed(`${text.slice(0, at)}¦${text.slice(at)}`, '\n');
        assert.equal(after.replaceAll(/[\s¦-]/g, ''), text.replaceAll(/[\s-]/g, ''));
      }),
      { numRuns: 1000 },
    );
  });
});
