import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import { parseSelection } from '../../../core/selection/parse.ts';
import type { Resolved } from '../../../core/selection/resolve.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import { hasErrors } from '../../../core/util/problem.ts';
import { fleet, group, letters, node } from './fleet.ts';

function resolve(text: string, index: InventoryIndex = letters): Resolved {
  const { selection, problems } = parseSelection(text);
  assert.deepEqual(problems, []);
  assert.ok(selection);
  return resolveSelection(selection, index);
}

describe('Resolving any selection', () => {
  it('is the algebra of sets: unions and intersections in any order, differences by parts', () => {
    const operand = fc.constantFrom('@a', '@b', '@c', 'ab', 'only*', 'all', 'none', '(@a,@b)', '(@b & @c)');
    const same = (left: string, right: string): void => {
      const both = [resolve(left), resolve(right)];
      assert.ok(!both.some(({ problems }) => hasErrors(problems)));
      assert.deepEqual(both[0]?.nodes, both[1]?.nodes, `${left} is not ${right}`);
    };
    fc.assert(
      fc.property(operand, operand, operand, (a, b, c) => {
        same(`${a},${b}`, `${b},${a}`);
        same(`${a} & ${b}`, `${b} & ${a}`);
        same(`${a} ^ ${b}`, `(${a} !${b}),(${b} !${a})`);
        same(`${a} & (${b},${c})`, `(${a} & ${b}),(${a} & ${c})`);
        same(`${a} !(${b},${c})`, `${a} !${b} !${c}`);
        same(`${a} & !${b}`, `${a} !${b}`);
        same(`${a},${b} & ${c}`, `${a},(${b} & ${c})`);
        same(`${a} !${a}`, 'none');
      }),
    );
  });

  it('is in inventory order, without repeats, only of nodes that exist, and the same every time', () => {
    const leaf = fc.constantFrom(
      '@a',
      '@b',
      '@c',
      'ab',
      'only*',
      'all',
      'none',
      '~/c$/',
      'node:bc',
      'only[a]',
    );
    const joint = fc.constantFrom(',', ' !', '&', '&!', '^', ', ', ',!(', '&(');
    const order = [...letters.nodes.keys()];
    fc.assert(
      fc.property(leaf, fc.array(fc.tuple(joint, leaf), { maxLength: 8 }), (first, rest) => {
        const open = rest.filter(([sign]) => sign.endsWith('(')).length;
        const text = first + rest.map((pair) => pair.join('')).join('') + ')'.repeat(open);
        const { selection } = parseSelection(text);
        if (!selection) return;
        const { nodes } = resolveSelection(selection, letters);
        assert.deepEqual(
          nodes,
          order.filter((name) => nodes.includes(name)),
        );
        assert.deepEqual(resolveSelection(selection, letters).nodes, nodes);
      }),
    );
  });

  it('never throws on a selection that was read from random text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('web', '01', '[1-3]', '*', ',', ' !', '&', '^', '(', ')', '@', '~/w/', 'tag:', 'é'),
        ),
        (pieces) => {
          const { selection } = parseSelection(pieces.join(''));
          if (selection) resolveSelection(selection, fleet([node('web01'), node('w')]));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is quick with 5,000 nodes', () => {
    const nodes = Array.from({ length: 5000 }, (_unused, at) => node(`n${at}.example.com`));
    const index = fleet(nodes, [
      group(
        'half',
        nodes.slice(0, 2500).map(({ name }) => name),
      ),
    ]);
    const listed = nodes.map(({ name }) => name).join(',');
    const started = performance.now();
    assert.equal(
      resolve(`(${listed}) & ~/^n\\d+\\.(example|test)\\.com$/ & n* !@half`, index).nodes.length,
      2500,
    );
    assert.match(
      resolve(listed.replaceAll('n', 'm'), index).problems[0]?.message ?? '',
      /^Not found: m\[0-4999\]/,
    );
    assert.ok(performance.now() - started < 2000);
  });
});
