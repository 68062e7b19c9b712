import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pick } from '../../../core/selection/pick.ts';
import { pickNodes } from '../../../core/selection/pickNodes.ts';

const ten = ['n10', 'n9', 'n8', 'n7', 'n6', 'n5', 'n4', 'n3', 'n2', 'n1'];

function picked(pick: Pick, nodes: readonly string[] = ten, seed = 1): string {
  const { nodes: taken, problems } = pickNodes(nodes, pick, seed);
  assert.deepEqual(problems, []);
  return taken.join(' ');
}

describe('Picking nodes', () => {
  const expected: readonly (readonly [Pick, string])[] = [
    [{}, ten.join(' ')],
    [{ order: 'inventory' }, ten.join(' ')],
    [{ order: 'selection' }, ten.join(' ')],
    [{ order: 'sorted' }, ten.toReversed().join(' ')],
    [{ order: 'reverse' }, ten.toReversed().join(' ')],
    [{ slice: '0-2' }, 'n10 n9 n8'],
    [{ slice: '1-9/4' }, 'n9 n5 n1'],
    [{ slice: ' 9, 0 ' }, 'n10 n1'],
    [{ slice: '3-5,4-6' }, 'n7 n6 n5 n4'],
    [{ slice: '8-50' }, 'n2 n1'],
    [{ order: 'sorted', slice: '0-1' }, 'n1 n2'],
    [{ sample: '10' }, ten.join(' ')],
    [{ sample: '99' }, ten.join(' ')],
    [{ sample: '100%' }, ten.join(' ')],
    [{ slice: '2', sample: '1' }, 'n8'],
  ];
  for (const [pick, nodes] of expected) {
    it(`gives ${nodes} for ${JSON.stringify(pick)}`, () => assert.equal(picked(pick), nodes));
  }

  for (const [pick, why] of [
    [{ slice: '10' }, 'The slice 10 takes none of 10 nodes, from 0 on.'],
    [{ sample: '0' }, 'A sample of 0 takes none of 10 nodes.'],
    [{ sample: '0%' }, 'A sample of 0% takes none of 10 nodes.'],
  ] as const) {
    it(`gives nothing, and says so, for ${JSON.stringify(pick)}`, () => {
      const { nodes, problems } = pickNodes(ten, pick, 1);
      assert.deepEqual(nodes, []);
      assert.deepEqual(
        problems.map(({ severity, message }) => [severity, message]),
        [['warning', why]],
      );
    });
  }

  it('sorts names as people do, by their numbers', () =>
    assert.equal(picked({ order: 'sorted' }, ['b2', 'b10', 'a', 'b1', 'b02']), 'a b1 b2 b02 b10'));

  it('rounds shares up', () => {
    const sizes = ['1%', '10%', '10.5%', '33.3%', '99%'].map(
      (sample) => picked({ sample }).split(' ').length,
    );
    assert.deepEqual(sizes, [1, 1, 2, 4, 10]);
  });

  it('slices before it draws', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const nodes = picked({ order: 'sorted', slice: '0-3', sample: '2' }, ten, seed).split(' ');
        assert.equal(nodes.length, 2);
        assert.ok(nodes.every((name) => ['n1', 'n2', 'n3', 'n4'].includes(name)));
      }),
    );
  });

  it('draws the same for the same seed, whatever else is passed in', () => {
    for (const pick of [{ order: 'shuffle' }, { sample: '3' }, { order: 'shuffle', sample: '3' }] as const) {
      assert.equal(picked({ ...pick, seed: 7 }, ten, 1), picked({ ...pick, seed: 7 }, ten, 2));
      assert.equal(picked(pick, ten, 7), picked({ ...pick, seed: 7 }));
    }
  });

  it('draws every node about as often as any other, and keeps the order', () => {
    const counts = new Map(ten.map((name) => [name, 0]));
    for (let seed = 0; seed < 2000; seed += 1) {
      const nodes = picked({ sample: '3', seed }).split(' ');
      assert.deepEqual(
        nodes,
        ten.filter((name) => nodes.includes(name)),
      );
      for (const name of nodes) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const [name, count] of counts) assert.ok(count > 500 && count < 700, `${name} ${count}`);
  });

  it('shuffles without losing or adding any, in orders that differ', () => {
    const orders = Array.from({ length: 100 }, (_unused, seed) => picked({ order: 'shuffle', seed }));
    for (const order of orders) assert.deepEqual(order.split(' ').toSorted(), ten.toSorted());
    assert.equal(new Set(orders).size, 100);
  });

  const refused: readonly (readonly [Pick, RegExp])[] = [
    [{ slice: '' }, /slice "" is no list of places.*0-9/],
    [{ slice: '-1' }, /no list of places/],
    [{ slice: '5-1' }, /no list of places/],
    [{ slice: '0-9/0' }, /no list of places/],
    [{ slice: '0-100000' }, /too long/],
    [{ sample: '-1' }, /no number of nodes.*10%/],
    [{ sample: '1.5' }, /no number of nodes/],
    [{ sample: '101%' }, /no number of nodes/],
    [{ sample: 'half' }, /no number of nodes/],
    [{ slice: 'x', sample: 'half' }, /slice "x"/],
  ];
  for (const [pick, message] of refused) {
    it(`refuses ${JSON.stringify(pick)} and takes no node`, () => {
      const { nodes, problems } = pickNodes(ten, pick, 1);
      assert.deepEqual([nodes, problems.length, problems[0]?.severity], [[], 1, 'error']);
      assert.match(`${problems[0]?.message} ${problems[0]?.fix}`, message);
    });
  }
});
