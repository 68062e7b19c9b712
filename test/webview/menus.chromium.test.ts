import assert from 'node:assert/strict';
import { everything, until } from './fixtures/driving.ts';
import { whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { fleet } from './fixtures/pictureBatches.ts';
import { showPicture } from './fixtures/pictures.ts';

const absent = whyNoChromium();
const focused = `${everything}.findLast((each) => each.matches(':focus'))`;
const items = `${everything}.filter((each) => each.matches('[role=menuitem]')).map((each) => each.textContent.trim())`;

describe(`menus in Chromium${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let panel: PanelPage | undefined;
  before(function () {
    if (absent !== undefined) this.skip();
  });
  beforeEach(async () => {
    const size = { width: 1280, height: 800 };
    panel = await showPicture({ name: 'menus', theme: 'dark', ...size, batch: () => fleet(24, 'ended') });
  });
  afterEach(async () => panel?.close());

  /** Presses keys; the last message of a kind that comes after them. */
  async function press(keys: readonly string[], type: string): Promise<Record<string, unknown> | undefined> {
    if (!panel) return undefined;
    for (const key of keys) await panel.page.keyboard.press(key);
    for (let turn = 0; turn < 400; turn++) {
      const found = panel.received.findLast((message) => message['type'] === type);
      if (found) return found;
      await panel.page.evaluate('new Promise((resolve) => setTimeout(resolve, 100))');
    }
    return undefined;
  }

  it('run again on the nodes of an answer, by keys alone', async () => {
    assert.ok(panel);
    await panel.page.focus('muster-answers .entry >> nth=1');
    await panel.page.keyboard.press('Shift+F10');
    await until(panel, `${items}.length > 0 && ${focused}?.matches('[role=menuitem]')`);
    assert.deepEqual(await panel.page.evaluate(items), [
      'Show Only These Nodes',
      'Compare with the Majority',
      'Select in Tree',
      'Copy Node Names',
      'Re-run on These…',
      'Export These…',
    ]);
    const sent = await press(['ArrowUp', 'ArrowUp', 'Enter'], 'rerun');
    assert.deepEqual(sent, { type: 'rerun', which: 'nodes', executions: ['e5', 'e18'] });
    await until(panel, `${focused}?.matches('.entry')`);
  });

  it('open a terminal on a node, and are about all rows that were chosen', async () => {
    assert.ok(panel);
    await panel.page.focus('muster-node-grid .row >> nth=0');
    await panel.page.keyboard.press('ContextMenu');
    await until(panel, `${focused}?.matches('[role=menuitem]')`);
    const sent = await press(['ArrowDown', 'ArrowDown', 'Enter'], 'node');
    assert.equal(sent?.['does'], 'terminal');
    await press([' ', 'ArrowDown', ' '], 'ready');
    await until(panel, `${everything}.filter((each) => each.matches('.row.chosen')).length === 2`);
    await panel.page.keyboard.press('Shift+F10');
    await until(panel, `${items}[0] === 'Select 2 nodes in Tree'`);
    const chosen = await press(['End', 'Enter'], 'export');
    assert.equal((chosen?.['executions'] as unknown[] | undefined)?.length, 2);
  });

  it('close with Escape and give the focus back', async () => {
    assert.ok(panel);
    await panel.page.focus('muster-run-header [aria-label="More Actions"]');
    await panel.page.keyboard.press('Enter');
    await until(panel, `${items}[0] === 'Copy Batch Id'`);
    await panel.page.keyboard.press('Escape');
    await until(panel, `${items}.length === 0 && ${focused}?.matches('[aria-label="More Actions"]')`);
  });
});
