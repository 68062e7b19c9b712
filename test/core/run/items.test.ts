import assert from 'node:assert/strict';
import { itemNames } from '../../../core/run/items.ts';
import { executionsFor } from '../../../core/run/hereTarget.ts';
import { executionName } from '../../../core/run/executionName.ts';
import { itemsFormOf, type ItemsForm, readItems } from '../../../core/run/readItems.ts';

describe('sets of parameters', () => {
  it('are called by their values, and no two are called the same', () => {
    const items = [
      { p: 'nginx' },
      { p: 'nginx' },
      { p: 1, q: ['a'] },
      {},
      { p: 'a\nb' },
      { p: 'x'.repeat(70) },
    ];
    assert.deepEqual(itemNames(items), [
      'nginx',
      'nginx (2)',
      'p=1, q=["a"]',
      'nothing',
      'a b',
      `${'x'.repeat(60)}…`,
    ]);
  });

  it('go with every node, node by node, each an execution of its own', () => {
    const target = { transport: 'local', options: {}, connectTimeoutMs: 1, tags: [], vars: {} };
    const targets = ['b', 'a'].map((node) => ({ ...target, node }));
    const executions = executionsFor(targets, [{ p: 1 }, { p: 2 }]);
    assert.deepEqual(
      executions.map((each) => `${each.id} ${executionName(each)}`),
      ['e1 b: 1', 'e2 b: 2', 'e3 a: 1', 'e4 a: 2'],
    );
    assert.deepEqual(executionsFor(targets, undefined).map(executionName), ['b', 'a']);
  });

  const read: readonly [form: ItemsForm, text: string, items: unknown][] = [
    ['json', '[{"a": 1}, {"a": [true, null]}]', [{ a: 1 }, { a: [true, null] }]],
    ['jsonl', '{"a": 1}\n\n{"a": "x"}\n', [{ a: 1 }, { a: 'x' }]],
    ['csv', 'a,b\r\n1,"x, ""y"""\n\n 2 ,\n', [{ a: '1', b: 'x, "y"' }, { a: '2', b: '' }]],
  ]; // prettier-ignore
  for (const [form, text, items] of read) {
    it(`are read from ${form}: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readItems(text, { form, name: 'f' }), { ok: true, value: items });
    });
  }

  const refused: readonly [form: ItemsForm, text: string, message: RegExp][] = [
    ['json', 'x', /^f: it is no JSON: Unexpected token 'x'\. Write a list such as \[/],
    ['json', '{"a": 1}', /^f: it is no map|^f: .*list/],
    ['json', '[]', /^f: The batch has no sets/],
    ['json', '[{"a": 1}, 3]', /^f: set 2: it is no map of names and values/],
    ['jsonl', '{"a": 1}\n{', /^f: line 2: it is no JSON: .*Write a map such as \{.* on each line\.$/],
    ['csv', 'a,a\n1,2\n', /^f: two columns are called a\./],
    ['csv', 'a,\n1,2\n', /^f: a column has no name\./],
    ['csv', 'a,b\n1\n', /^f: row 2 has 1 cells, and there are 2 columns\./],
    ['csv', 'a\n"x\n', /^f: row 2: a quote is not closed\./],
  ];
  for (const [form, text, message] of refused) {
    it(`are refused as ${form}: ${JSON.stringify(text)}`, () => {
      const found = readItems(text, { form, name: 'f' });
      assert.ok(!found.ok && found.error.code === 'INPUT_INVALID');
      assert.match(found.error.message, message);
    });
  }

  it('have the form that the name of their file says', () => {
    assert.deepEqual(['a.csv', 'a.jsonl', 'a.ndjson', 'a.json', 'a'].map(itemsFormOf), [
      'csv',
      'jsonl',
      'jsonl',
      'json',
      'json',
    ]);
  });
});
