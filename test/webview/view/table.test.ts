import assert from 'node:assert/strict';
import { foundRows, foundText, nextHit } from '../../../webview/view/search.ts';
import { isNumeric, sortLines, tableText } from '../../../webview/view/table.ts';
import type { Records } from '../../../webview/tableFeed.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';

const line = (...cells: string[]) => ({ key: cells.join(), execution: 'e0', cells });
const { state } = fakeBatch({
  nodes: ['a', 'b'],
  command: 'x',
  selection: 'all',
  concurrency: 1,
  startedAt: 1,
});

describe('the table of records', () => {
  it('sorts numbers as numbers and words as words, what is empty last in both directions', () => {
    const lines = [line('n1', '100'), line('n2', ''), line('n10', '9')];
    const order = (column: number, descending: boolean) =>
      sortLines(lines, { column, descending }).map(({ cells }) => cells[0]);
    assert.deepEqual(order(1, false), ['n10', 'n1', 'n2']);
    assert.deepEqual(order(1, true), ['n1', 'n10', 'n2']);
    assert.deepEqual(order(0, false), ['n1', 'n2', 'n10']);
    assert.equal(isNumeric(lines, 1), true);
    assert.equal(isNumeric(lines, 0), false);
  });

  it('says what there is, what there is not, and what to do', () => {
    const none: Records = {
      reading: { format: 'auto', pattern: '' },
      columns: [],
      rows: [],
      found: new Set(),
      read: 2,
      without: 2,
      cut: 0,
      problem: '',
    };
    assert.match(tableText(state, none), /neither JSON nor CSV/);
    assert.match(tableText(state, { ...none, reading: { format: 'pattern', pattern: '' } }), /\(\?<name>…\)/);
    const rows = [{ execution: 'e0', values: { a: '1' } }];
    const some = { ...none, rows, without: 1, found: new Set(['json'] as const) };
    assert.equal(tableText(state, some), '1 record of 1 node as JSON · 1 node without');
  });
});

describe('what was found in all output', () => {
  const hit = {
    execution: 'e1',
    stream: 'stdout',
    line: 4,
    at: 30,
    text: 'an \u001b[2Joom',
    from: 7,
    length: 3,
  } as const;
  const wanted = { text: 'oom', matchCase: false, isPattern: false };
  const found = {
    wanted,
    hits: [hit, hit],
    cut: new Set<string>(),
    searched: 2,
    status: 'done',
    problem: '',
  } as const;

  it('is shown by nodes, each line once, and harmless', () => {
    const rows = foundRows(state, found, () => true);
    assert.deepEqual(
      rows.map((row) => (row.type === 'node' ? row.node : [row.before, row.match, row.after])),
      ['b', ['an ␛[2J', 'oom', '']],
    );
    assert.deepEqual(
      foundRows(state, found, () => false),
      [],
    );
  });

  it('is counted, and says how far it is', () => {
    const none = (): boolean => false;
    assert.equal(foundText(state, found, none), '2 lines on 1 node');
    assert.equal(
      foundText(state, { ...found, status: 'searching', searched: 1 }, none),
      '2 lines on 1 node so far, 1 of 2 nodes',
    );
    assert.equal(foundText(state, { ...found, hits: [] }, none), 'No node said that.');
  });

  it('says what the filter hides', () => {
    const both = { ...found, hits: [hit, { ...hit, execution: 'e0' }] };
    assert.equal(
      foundText(state, both, (id) => id === 'e1'),
      '1 line on 1 node; 1 on 1 node hidden by the filter',
    );
    assert.equal(
      foundText(state, both, () => true),
      '2 lines on 2 nodes, all hidden by the filter',
    );
  });

  it('leads from hit to hit and over the ends', () => {
    const rows = foundRows(state, { ...found, hits: [hit, { ...hit, at: 50 }] }, () => true);
    const keys = rows.filter(({ type }) => type === 'hit').map(({ key }) => key);
    assert.equal(nextHit(rows, undefined, 1)?.key, keys[0]);
    assert.equal(nextHit(rows, keys[1], 1)?.key, keys[0]);
    assert.equal(nextHit(rows, keys[0], -1)?.key, keys[1]);
    assert.equal(nextHit([], undefined, 1), undefined);
  });
});
