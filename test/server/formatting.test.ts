import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { formatting } from '../../server/service/format/formatting.ts';

function formatted(text: string): string {
  const document = TextDocument.create('file:///a.playbook.yaml', 'muster-playbook', 1, text);
  return TextDocument.applyEdits(document, formatting(document));
}

const table: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    'lists stand below their key',
    'steps:\n- run: a\n  id: b\n- run: c\n',
    'steps:\n  - run: a\n    id: b\n  - run: c\n',
  ],
  ['four columns become two', 'a:\n    b:\n        c: 1\n    d: 2\n', 'a:\n  b:\n    c: 1\n  d: 2\n'],
  ['one space is behind a dash', 'a:\n  -   b: 1\n      c: 2\n', 'a:\n  - b: 1\n    c: 2\n'],
  ['lists in lists', 'a:\n-   - 1\n    - 2\n', 'a:\n  - - 1\n    - 2\n'],
  ['nothing is at the ends of lines', 'a: 1  \nb:\t\n  c: 2\n', 'a: 1\nb:\n  c: 2\n'],
  ['the end is one line break', 'a: 1', 'a: 1\n'],
  ['the end is one line break, of many', 'a: 1\n\n\n', 'a: 1\n'],
  ['one blank line stays of several', 'a: 1\n\n\n\nb: 2\n', 'a: 1\n\nb: 2\n'],
  [
    'comments move with what they are about',
    'a:\n# one\n- b # two\n    # three\n',
    'a:\n  # one\n  - b # two\n    # three\n',
  ],
  [
    'block scalars keep what they say',
    'a:\n- run: |\n    x\n      y  \n\n\n    z\n  b: 1\n',
    'a:\n  - run: |\n      x\n        y  \n\n\n      z\n    b: 1\n',
  ],
  [
    'block scalars with columns of their own',
    'a:\n    b: |2\n         x\n        y\n',
    'a:\n  b: |2\n       x\n      y\n',
  ],
  ['flow style keeps its form', 'a:\n    b: { c: 1,\n         d: 2 }\n', 'a:\n  b: { c: 1,\n       d: 2 }\n'],
  [
    'text over several lines',
    'a:\n    b: one\n      two\n    c: "x\n      y"\n',
    'a:\n  b: one\n    two\n  c: "x\n    y"\n',
  ],
  ["numbers and quotes are nobody's business", "a:   0644\nb: 'x'\n", "a:   0644\nb: 'x'\n"],
  ['what does not parse stays', 'a: [1\nb:   2  \n', 'a: [1\nb:   2  \n'],
];

describe('formatting', () => {
  for (const [what, before, after] of table) {
    it(`${what}: ${JSON.stringify(before)}`, () => {
      assert.equal(formatted(before), after);
    });
  }

  it('says the same before and after, keeps comments, and has nothing to do the second time', () => {
    fc.assert(
      fc.property(yamlText(), (text) => {
        const once = formatted(text);
        assert.deepEqual(parse(once, { uniqueKeys: false }), parse(text, { uniqueKeys: false }));
        assert.deepEqual(once.match(/# c\d+/g), text.match(/# c\d+/g));
        assert.equal(formatted(once), once);
      }),
      { numRuns: 500 },
    );
  });
});

/** Documents of maps, lists, block scalars, comments and blank lines, indented by any number of columns. */
function yamlText(): fc.Arbitrary<string> {
  const value = fc.constantFrom(
    '1',
    'text',
    '"quoted  "',
    "'it''s'",
    '{ a: 1, b: [2] }',
    '[x,   y]',
    '0644',
    'true',
    '~',
  );
  const noise = fc.constantFrom('', '', '', '\n', '\n\n\n', '# c1\n', '   # c2\n');
  const tail = fc.constantFrom('', '', '  ', ' # c3');
  const { tree } = fc.letrec<{ tree: Tree; map: Tree; list: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(value, tail).map(([text, end]): Tree => ({ text: `${text}${end}` })),
      fc.constant({ block: 'one\n  two\n\nthree' }),
      tie('map'),
      tie('list'),
    ),
    map: fc.record({
      step: fc.integer({ min: 1, max: 5 }),
      noise,
      items: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      isMap: fc.constant(true),
    }),
    list: fc.record({
      step: fc.integer({ min: 0, max: 4 }),
      noise,
      items: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      isMap: fc.constant(false),
    }),
  }));
  return fc
    .array(tree, { minLength: 1, maxLength: 4 })
    .map((items) => written({ step: 0, noise: '', items, isMap: true }, 0));
}

type Tree =
  | { readonly text: string }
  | { readonly block: string }
  | {
      readonly step: number;
      readonly noise: string;
      readonly items: readonly Tree[];
      readonly isMap: boolean;
    };

function written(tree: Tree, column: number): string {
  if ('text' in tree) return ` ${tree.text}\n`;
  const spaces = ' '.repeat(column);
  if ('block' in tree)
    return ` |\n${tree.block
      .split('\n')
      .map((line) => (line === '' ? '' : `${spaces} ${line}`))
      .join('\n')}\n`;
  const own = ' '.repeat(column);
  const lines = tree.items.map((item, at) => {
    const head = tree.isMap ? `${own}k${at}:` : `${own}-`;
    if ('text' in item || 'block' in item) return head + written(item, column + 1);
    const deeper = column + Math.max(item.step, item.isMap || !tree.isMap ? 1 : 0);
    return `${head}\n${written(item, deeper)}`;
  });
  return `${tree.noise}${lines.join('')}`;
}
