import assert from 'node:assert/strict';
import { filterLine, isExpression, searchNodes } from '../../extension/model/filter.ts';
import { sketch } from './inventories.ts';

const index = sketch({
  nodes: { web01: ['prod'], web02: [], db01: ['prod'] },
  groups: { frontend: ['web01', 'web02'] },
});

describe('the filter of the tree', () => {
  for (const text of [
    'tag:prod',
    '@web',
    'web[01-02]',
    'web* !web01',
    'a,b',
    'fact:os=x',
    'a & b',
    '~/web/',
    '!web01',
  ]) {
    it(`takes ${text} for an expression`, () => assert.equal(isExpression(text), true));
  }
  for (const text of ['web', 'web 10.0', 'web01.example.com', 'me@web', 'a-b']) {
    it(`takes ${text} for words`, () => assert.equal(isExpression(text), false));
  }

  it('finds nodes by every word in names, addresses, groups, tags and sources', () => {
    const found = (text: string) => [...searchNodes(text, index)];
    assert.deepEqual(found('WEB'), ['web01', 'web02']);
    assert.deepEqual(found('frontend prod'), ['web01']);
    assert.deepEqual(found('inventory.yaml db'), ['db01']);
    assert.deepEqual(found('nothing'), []);
  });

  it('says how many nodes it shows, and how many ticked ones it hides', () => {
    const shown = new Set(['web01']);
    assert.equal(filterLine('web01', { shown, all: 3, ticked: ['web01'] }), 'Filter web01: 1 of 3 nodes.');
    assert.equal(
      filterLine('web01', { shown, all: 3, ticked: ['web01', 'db01'] }),
      'Filter web01: 1 of 3 nodes. 1 of 2 ticked nodes are hidden by it.',
    );
  });
});
