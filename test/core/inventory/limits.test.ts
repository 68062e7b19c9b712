import assert from 'node:assert/strict';
import { parseAnsible } from '../../../core/inventory/ansible/parseAnsible.ts';
import { parseCsv } from '../../../core/inventory/csv/parseCsv.ts';
import { parseHosts } from '../../../core/inventory/hosts/parseHosts.ts';
import type { InventoryPart } from '../../../core/inventory/part.ts';
import { formatProblem } from '../../../core/util/problem.ts';
import { read } from './context.ts';
import { inputFor, statedFiles } from './diskFiles.ts';

type Parse = (input: ReturnType<typeof inputFor>) => InventoryPart;

function parsed(parse: Parse, text: string, path = '/inv/hosts'): InventoryPart {
  return parse(inputFor(path, statedFiles({ [path]: text })));
}

const names = (count: number, rest = '') =>
  Array.from({ length: count }, (_, at) => `h${at}${rest}\n`).join('');

describe('A file that is too large', () => {
  const cases: readonly [string, Parse, string, RegExp][] = [
    [
      'an INI inventory',
      parseAnsible,
      `[g]\n${names(100_001, ' a=1')}`,
      /more than 100,000 hosts\. Split it/,
    ],
    [
      'a YAML inventory',
      parseAnsible,
      `---\nall: {hosts: {"h[0:99999]": , i: , j: }}`,
      /more than 100,000 hosts/,
    ],
    ['a list', parseHosts, names(100_001), /:100001:1 The file lists more than 100,000 nodes/],
    ['a table', parseCsv, `name\n${names(100_001)}`, /:100002:1 The table has more than 100,000 nodes/],
    ['an INI line', parseAnsible, 'x'.repeat(1_000_001), /more than 1,000,000 characters/],
    ['a line of a list', parseHosts, 'x'.repeat(1_000_001), /more than 1,000,000 characters/],
  ];
  for (const [what, parse, text, message] of cases) {
    it(`is refused by its limit, and nothing of it is kept: ${what}`, () => {
      const path = text.startsWith('---') ? '/inv/hosts.yml' : '/inv/hosts';
      const { nodes, problems } = parsed(parse, text, path);
      assert.deepEqual([nodes.length, problems.length], [0, 1]);
      assert.match(problems.map(formatProblem).join(), message);
    });
  }

  it('names the limit of the file where nodes before it count too', () => {
    const { problems } = read('nodes: { "a[1-99999]": , "b[1-2]": }');
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['With “b[1-2]” the file has more than 100,000 nodes.'],
    );
  });

  it('lists no more unknown nodes than it has time for', () => {
    const groups = Array.from({ length: 100 }, (_, at) => `  g${at}: { nodes: "h[1-99999]" }\n`).join('');
    const started = performance.now();
    const { problems } = read(`nodes: { a: }\ngroups:\n${groups}`);
    assert.ok(performance.now() - started < 10_000);
    assert.equal(problems[0]?.message, 'There are no nodes h[1-99999].');
    assert.match(
      problems.at(-1)?.message ?? '',
      /all that groups and tags list has more than 1,000,000 nodes/,
    );
  });

  it('shows no more of a word than a few lines', () => {
    const long = 'x'.repeat(500_000);
    const texts = [`[a]\nh ${long}\n`, `[${long}:odd]\n`, `[a]\nh[${long}]\n`];
    for (const text of texts) {
      for (const { message, fix = '' } of parsed(parseAnsible, text).problems)
        assert.ok(message.length + fix.length < 1000);
    }
  });
});
