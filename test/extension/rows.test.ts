import assert from 'node:assert/strict';
import { rowOf, type RowContext } from '../../extension/model/rows.ts';
import { inventoryTree, type TreeElement } from '../../extension/model/tree.ts';
import { sketch } from './inventories.ts';

const index = sketch({
  nodes: { web01: [], web02: [], db01: ['protected'] },
  groups: { frontend: ['web01', 'web02'], empty: [] },
});
const now = 10 * 3_600_000;
const nothing: RowContext = { ticks: new Set(), outcomes: new Map(), reaches: new Map(), via: () => [], now };

function row(label: string, context: Partial<RowContext> = {}) {
  const find = (elements: readonly TreeElement[]): TreeElement | undefined =>
    elements
      .map((element) => (element.label === label ? element : find(element.children())))
      .find((found) => found !== undefined);
  const element = find(inventoryTree(index, { mode: 'group' }));
  assert.ok(element, label);
  return rowOf(element, { ...nothing, ...context });
}

describe('a row of the inventory tree', () => {
  it('ticks a parent only when all below it are ticked, and says how many are', () => {
    const states = [[], ['web01'], ['web01', 'web02']].map((names) => {
      const { ticked, description } = row('frontend', { ticks: new Set(names) });
      return { ticked, description };
    });
    assert.deepEqual(states, [
      { ticked: false, description: '0/2' },
      { ticked: false, description: '1/2' },
      { ticked: true, description: '2/2' },
    ]);
  });

  it('says partly selected to a screen reader', () => {
    assert.equal(
      row('frontend', { ticks: new Set(['web01']) }).spoken,
      'group frontend, 1 of 2 nodes ticked, partially selected',
    );
  });

  it('gives an empty group and the list of tags no box', () => {
    assert.equal(row('empty').ticked, undefined);
    assert.equal(row('Tags').ticked, undefined);
  });

  it('says by which group or tag a node is ticked, and to a screen reader too', () => {
    const via = () => [{ kind: 'group', name: 'frontend' } as const];
    const { description, spoken, tooltip } = row('web01', { ticks: new Set(['web01']), via });
    assert.equal(description, 'via group frontend');
    assert.equal(spoken, 'web01, ticked via group frontend');
    assert.match(tooltip, /^Ticked via group frontend$/m);
    assert.equal(row('web01', { via }).description, '');
  });

  it('says that a node did not answer, when and why', () => {
    const reach = {
      node: 'web01',
      answer: 'unreachable',
      message: 'connection refused on port 22',
      at: now - 180_000,
    } as const;
    const { description, icon } = row('web01', { reaches: new Map([['web01', reach]]) });
    assert.equal(description, 'unreachable 3 min ago: connection refused on port 22');
    assert.equal(icon, 'debug-disconnect');
  });

  it('shows how a node ended last, with its age only when that was not ok', () => {
    const outcomes = new Map([
      ['web01', { status: 'ok', at: now - 60_000 }],
      ['web02', { status: 'unreachable', at: now - 3_600_000 }],
    ] as const);
    const shown = ['web01', 'web02', 'db01'].map((name) => {
      const { description, color, icon } = row(name, { outcomes });
      return { description, color, icon };
    });
    assert.deepEqual(shown, [
      { description: '', color: 'charts.green', icon: 'server' },
      { description: 'unreachable 1 h ago', color: 'charts.yellow', icon: 'server' },
      { description: '', color: undefined, icon: 'lock' },
    ]);
  });
});
