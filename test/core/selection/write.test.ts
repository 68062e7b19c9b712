import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSelection } from '../../../core/selection/parse.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import { selectionOf } from '../../../core/selection/write.ts';
import { fleet, group, node } from './fleet.ts';

const name = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('web', 'r', 'x-', '@', 'tag:'),
      fc.nat(30),
      fc.constantFrom('', '.example.com', 'n1', '"'),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    'all',
    'none',
    'a b',
    'a,b',
    '!x',
    '~/x/',
    'x*',
    '[1-3]',
    '2001:db8::1',
    'fact:x',
    '(a)',
    '\\',
    '__proto__',
  ),
  fc.string({ minLength: 1 }),
);

describe('The expression for ticked nodes', () => {
  it('is folded, quoted where needed, and tells a node from a group of the same name', () => {
    const names = ['web01', 'web02', 'web03', 'my node', 'db1', 'db2', 'all'];
    const index = fleet(
      names.map((one) => node(one)),
      [group('db1', []), group('db2', [])],
    );
    assert.equal(selectionOf(names, index), 'web[01-03],"my node","all",node:db[1-2]');
    assert.equal(selectionOf([], index), '');
  });

  it('resolves to exactly the nodes that were ticked', () => {
    const some = fc.uniqueArray(name, { maxLength: 40 });
    fc.assert(
      fc.property(
        some,
        fc.infiniteStream(fc.boolean()),
        fc.infiniteStream(fc.nat(5)),
        (names, ticks, shared) => {
          const groups = names.filter(() => shared.next().value === 0).map((one) => group(one, names));
          const index = fleet(
            names.map((one, at) => node(one, { transport: at % 3 === 0 ? 'local' : 'ssh' })),
            groups,
          );
          const ticked = names.filter(() => ticks.next().value);
          const text = selectionOf(ticked, index);
          const { selection, problems } = parseSelection(text);
          assert.ok(selection, `${text} ${JSON.stringify(problems)}`);
          assert.deepEqual(resolveSelection(selection, index), { nodes: ticked, problems: [] });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
