import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { resolveTargets } from '../../core/selection/resolveTargets.ts';
import { selectionOf } from '../../core/selection/write.ts';
import { checkedExpression } from '../../extension/model/checkExpression.ts';
import { expressionOfElements, leaveOut } from '../../extension/model/expression.ts';
import { inventoryTree } from '../../extension/model/tree.ts';
import { numbered, sketch, untagged } from './inventories.ts';

const odd = ['all', 'a,b', 'web 1', '@x', 'tag:y', 'with"quote', 'frontend', '10.0.0.1', '::1'];
const all = [...numbered('web', 30), ...odd];
const index = sketch({ nodes: untagged(all), groups: { frontend: ['web001', 'web002'] } });

function nodesOf(expression: string): readonly string[] {
  const checked = checkedExpression(
    expression,
    resolveTargets({ selection: expression }, index, { seed: 1 }),
  );
  assert.ok(checked.ok, checked.message);
  return checked.nodes;
}

describe('an expression written for ticks', () => {
  it('loses exactly the nodes that are left out', () => {
    fc.assert(
      fc.property(fc.subarray(all), (out) => {
        fc.pre(out.length < all.length);
        const expression = leaveOut(selectionOf(all, index), out, index);
        assert.deepEqual(
          nodesOf(expression),
          all.filter((name) => !out.includes(name)),
        );
      }),
    );
  });

  it('says group and tag as a person would', () => {
    const small = sketch({ nodes: { web01: ['prod'], db01: [] }, groups: { frontend: ['web01'] } });
    const [group, node, tags] = inventoryTree(small, { mode: 'group' });
    assert.ok(group && node && tags);
    const rows = [group, node, ...tags.children()];
    assert.equal(expressionOfElements(rows, small), '@frontend,db01,tag:prod');
  });

  it('writes the nodes where a filter shows a part of a group or tag: what is hidden is not meant', () => {
    const few = sketch({
      nodes: { web01: ['prod'], web02: ['prod'] },
      groups: { frontend: ['web01', 'web02'] },
    });
    const filtered = (mode: 'group' | 'tag') =>
      inventoryTree(few, { mode, only: new Set(['web01']) }).slice(0, 1);
    assert.equal(expressionOfElements(filtered('group'), few), 'web01');
    assert.equal(expressionOfElements(filtered('tag'), few), 'web01');
  });
});

describe('checking a typed expression', () => {
  const small = sketch({ nodes: untagged(['web01', 'web02']), groups: { frontend: ['web01'] } });
  const cases: readonly [string, { ok: boolean; message: RegExp }][] = [
    ['@frontend', { ok: true, message: /^1 node: web01$/ }],
    ['web[01-02]', { ok: true, message: /^2 nodes: web01 web02$/ }],
    ['@fronted', { ok: false, message: /fronted.*frontend/ }],
    ['web!01', { ok: false, message: /^At \d+: / }],
    ['none', { ok: false, message: /^No node selected\.$/ }],
    ['', { ok: false, message: /^No node selected\.$/ }],
  ];
  for (const [text, expected] of cases) {
    it(`says of “${text}” ${String(expected.message)}`, () => {
      const checked = checkedExpression(text, resolveTargets({ selection: text }, small, { seed: 1 }));
      assert.equal(checked.ok, expected.ok);
      assert.match(checked.message, expected.message);
    });
  }
});
