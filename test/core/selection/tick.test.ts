import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSelection } from '../../../core/selection/parse.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import { type TickBox, withTick } from '../../../core/selection/tick.ts';
import { sketch } from '../../extension/inventories.ts';

const index = sketch({
  nodes: { web1: ['prod'], web2: ['prod'], web3: [], db1: ['prod'], 'odd name': [] },
  groups: { web: ['web1', 'web2', 'web3'], all_of_it: ['@web', 'db1'] },
});

const written: readonly (readonly [string, TickBox, boolean, string])[] = [
  ['', { kind: 'group', name: 'web' }, true, '@web'],
  ['@web', { kind: 'node', name: 'db1' }, true, '@web, db1'],
  ['@web', { kind: 'node', name: 'web3' }, false, '@web !web3'],
  ['@web !web3', { kind: 'node', name: 'web3' }, true, '@web'],
  ['@web, db1', { kind: 'node', name: 'db1' }, false, '@web'],
  ['@web', { kind: 'tag', name: 'prod' }, false, '@web !tag:prod'],
  ['@web', { kind: 'group', name: 'web' }, false, ''],
  ['', { kind: 'node', name: 'odd name' }, true, '"odd name"'],
  // What stands there is not right: the tick alone counts.
  ['@nobody', { kind: 'node', name: 'web1' }, true, 'web1'],
];

function namesOf(expression: string): ReadonlySet<string> {
  const { selection } = parseSelection(expression);
  return new Set(selection ? resolveSelection(selection, index).nodes : []);
}

describe('a tick that is written into an expression', () => {
  for (const [before, box, on, after] of written) {
    it(`${on ? 'adds' : 'takes'} ${box.name} ${on ? 'to' : 'out of'} ${JSON.stringify(before)}`, () => {
      assert.equal(withTick(before, { box, on }, index), after);
    });
  }

  it('selects what was ticked and nothing else, tick after tick', () => {
    const names = index.inventory.nodes.map(({ name }) => name);
    const box = fc.oneof(
      fc.constantFrom(...names).map((name): TickBox => ({ kind: 'node', name })),
      fc.constantFrom('web', 'all_of_it').map((name): TickBox => ({ kind: 'group', name })),
      fc.constant<TickBox>({ kind: 'tag', name: 'prod' }),
    );
    const members = ({ kind, name }: TickBox): readonly string[] => {
      if (kind === 'group') return index.members(name);
      return kind === 'tag' ? (index.tags.get(name) ?? []) : [name];
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(box, fc.boolean()), { maxLength: 8 }), (ticks) => {
        let expression = '';
        const wanted = new Set<string>();
        for (const [each, on] of ticks) {
          expression = withTick(expression, { box: each, on }, index);
          for (const name of members(each)) {
            if (on) wanted.add(name);
            else wanted.delete(name);
          }
          assert.deepEqual([...namesOf(expression)].toSorted(), [...wanted].toSorted());
        }
      }),
    );
  });
});
