import assert from 'node:assert/strict';
import {
  resolveTargets,
  type TargetOptions,
  type TargetQuery,
} from '../../../core/selection/resolveTargets.ts';
import { fleet, group, node } from './fleet.ts';

const index = fleet(
  ['c', 'b', 'a', 'd10', 'd9'].map((name) => node(name)),
  [group('g', ['a', 'b']), group('late', ['d9'])],
);

function targets(query: TargetQuery, options: Partial<TargetOptions> = {}): string {
  const { nodes, problems } = resolveTargets(query, index, { seed: 1, ...options });
  assert.deepEqual(problems, []);
  return nodes.join(' ');
}

describe('Targets', () => {
  it('are in inventory order, or in that of the expression where the caller or the query says so', () => {
    const selection = 'a,d9,c';
    assert.equal(targets({ selection }), 'c a d9');
    assert.equal(targets({ selection }, { order: 'selection' }), 'a d9 c');
    assert.equal(targets({ selection, pick: { order: 'selection' } }), 'a d9 c');
    assert.equal(targets({ selection, pick: { order: 'inventory' } }, { order: 'selection' }), 'c a d9');
  });

  it('are picked from the order that they are in', () => {
    const selection = 'a,d9,c';
    assert.equal(targets({ selection, pick: { slice: '0' } }), 'c');
    assert.equal(targets({ selection, pick: { slice: '0' } }, { order: 'selection' }), 'a');
    assert.equal(targets({ selection, pick: { order: 'selection', slice: '0-1' } }), 'a d9');
    assert.equal(targets({ selection, pick: { order: 'reverse', slice: '0' } }, { order: 'selection' }), 'c');
    assert.equal(targets({ selection: 'all', pick: { order: 'sorted' } }), 'a b c d9 d10');
  });

  it('are drawn with the seed of the query, or else of the caller', () => {
    const pick = { order: 'shuffle', sample: '2' } as const;
    const drawn = targets({ selection: 'all', pick: { ...pick, seed: 5 } });
    assert.equal(targets({ selection: 'all', pick }, { seed: 5 }), drawn);
    const others = [1, 2, 3, 4].map((seed) => targets({ selection: 'all', pick }, { seed }));
    assert.ok(others.some((other) => other !== drawn));
  });

  it('have the nodes of groups beside the expression, once', () => {
    assert.equal(targets({ selection: 'a', groups: ['g', 'late'] }), 'b a d9');
    assert.equal(targets({ selection: '', groups: ['g'] }), 'b a');
    assert.equal(targets({ selection: 'd9', groups: ['g'] }, { order: 'selection' }), 'd9 b a');
    assert.equal(targets({ selection: '' }), '');
  });

  it('leave out a group that is gone, with a warning', () => {
    const { nodes, problems } = resolveTargets({ selection: 'c', groups: ['old', 'g'] }, index, { seed: 1 });
    assert.deepEqual(nodes, ['c', 'b', 'a']);
    assert.deepEqual(
      problems.map(({ code, severity, message }) => [code, severity, message]),
      [['SELECTION_GROUP_GONE', 'warning', 'There is no group "old" any more: it is left out.']],
    );
  });

  it('are none where the expression is wrong, even if groups are right', () => {
    for (const [selection, code] of [
      ['a,,b', 'SELECTION_SYNTAX'],
      ['a,zzz', 'SELECTION_UNKNOWN'],
    ] as const) {
      const { nodes, problems } = resolveTargets({ selection, groups: ['g'] }, index, { seed: 1 });
      assert.deepEqual([nodes, problems.map((problem) => problem.code)], [[], [code]]);
    }
  });

  it('are none where the pick is wrong', () => {
    const query = { selection: 'a', pick: { slice: 'x' } };
    const { nodes, problems } = resolveTargets(query, index, { seed: 1 });
    assert.deepEqual([nodes, problems.map(({ code }) => code)], [[], ['SELECTION_PICK']]);
  });

  it('read files by the reader that the caller passes in', () => {
    assert.equal(
      targets({ selection: 'file:x' }, { files: (path) => (path === 'x' ? 'a\n@late' : undefined) }),
      'a d9',
    );
  });
});
