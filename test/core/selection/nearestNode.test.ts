import assert from 'node:assert/strict';
import { nearestNode } from '../../../core/util/nearestNode.ts';

describe('The node that was meant', () => {
  const cases: readonly (readonly [string, string[], string | undefined])[] = [
    ['web01', ['db01', 'web01.example.com'], 'web01.example.com'],
    ['web01', ['db01'], undefined],
    ['web99', ['web01', 'web02'], undefined],
    ['wbe02', ['web01', 'web02'], 'web02'],
    ['web2', ['web01', 'web02'], 'web02'],
    ['web01.exmaple.com', ['web02.example.com', 'web01.example.com'], 'web01.example.com'],
    ['bastion', ['web01', 'bastion01'], 'bastion01'],
    ['WEB01', ['web01'], 'web01'],
    ['bulid', ['build'], 'build'],
    ['x', [], undefined],
  ];
  for (const [name, nodes, expected] of cases)
    it(`by “${name}” of ${nodes.join(', ') || 'none'} is ${expected ?? 'none'}`, () => {
      assert.equal(nearestNode(name, nodes), expected);
    });
});
