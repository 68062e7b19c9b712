import assert from 'node:assert/strict';
import { inventoryTree, type TreeElement } from '../../extension/model/tree.ts';
import { trackDrawnRows } from '../../extension/services/drawnRows.ts';
import { sketch } from './inventories.ts';

describe('the rows that VS Code has drawn', () => {
  const elements = inventoryTree(sketch({ nodes: { a: [], b: [] } }), { mode: 'flat' });
  const labels = (rows: readonly TreeElement[]): string[] => rows.map(({ label }) => label);
  const plain = (): string => 'plain';
  const bold =
    (label: string) =>
    (element: TreeElement): string =>
      element.label === label ? 'bold' : 'plain';

  it('are asked for again only where they look different', () => {
    const rows = trackDrawnRows();
    for (const element of elements) rows.drawn(element, 'plain');
    assert.deepEqual(labels(rows.changed(plain)), []);
    assert.deepEqual(labels(rows.changed(bold('b'))), ['b']);
    assert.deepEqual(labels(rows.changed(bold('b'), new Set(['a']))), []);
  });

  it('are asked for again after a click, which may not be so', () => {
    const rows = trackDrawnRows();
    for (const element of elements) rows.drawn(element, 'plain');
    rows.touched(elements.slice(0, 1));
    assert.deepEqual(labels(rows.changed(plain)), ['a']);
  });

  it('are none before VS Code has asked, nor when they were made anew', () => {
    const rows = trackDrawnRows();
    assert.deepEqual(rows.changed(plain), []);
    for (const element of elements) rows.drawn(element, 'plain');
    rows.clear();
    assert.deepEqual(rows.changed(bold('a')), []);
  });
});
