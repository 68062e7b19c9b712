import assert from 'node:assert/strict';
import { everything, hostile, sent, until } from './fixtures/driving.ts';
import { type FakeBatch, fakeBatch } from './fixtures/fakeBatch.ts';
import { openPanel, whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { playHost } from './fixtures/playHost.ts';

const absent = whyNoChromium();
const texts = (selector: string): string =>
  `${everything}.filter((each) => each.matches(${JSON.stringify(selector)})).map((each) => each.textContent.trim())`;

describe(`search and table in Chromium${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let panel: PanelPage | undefined;
  before(function () {
    if (absent !== undefined) this.skip();
  });
  afterEach(async () => panel?.close());

  it('finds a text in all output, and opens by keys where it was said', async () => {
    const long = Array.from({ length: 20_000 }, (_, at) => `line ${at}\n`).join('');
    const said = [
      'fine\n',
      `${long}the needle <img src=x onerror="globalThis.owned = 1">\n${long}`,
      'Needle 2\n',
    ];
    panel = await show(said);
    const { page } = panel;
    await page.click('muster-view-switch [data-view=search]');
    await until(panel, `${everything}.some((each) => each.matches('input[maxlength="200"]:focus'))`);
    await page.keyboard.type('needle');
    await until(panel, `${texts('.bar [role=status]')}.join() === '2 lines on 2 nodes'`);
    await until(panel, `${texts('.row.node .strong')}.join() === 'n1,n2'`);
    await page.keyboard.press('Enter');
    await until(panel, `${texts('.line.found .text')}.join().startsWith('the needle <img')`);
    await page.keyboard.press('F3');
    await until(panel, `${texts('.line.found .text')}.join() === 'Needle 2'`);
    assert.equal(await page.evaluate('globalThis.owned'), undefined);
    assert.equal(
      await page.evaluate(`${everything}.some((each) => /^(IMG|A|B|SVG)$/i.test(each.tagName))`),
      false,
    );
    assert.deepEqual(panel.complaints, []);
  });

  it('makes a table of records, sorts numbers as numbers, and saves what is shown', async () => {
    const record = (size: number): string => JSON.stringify({ size, [hostile[1] ?? '']: hostile[0] });
    panel = await show([record(9), record(100), 'none\n', record(20)]);
    const { page } = panel;
    await page.click('muster-view-switch [data-view=table]');
    await until(panel, `${texts('muster-table .cell, [role=gridcell].first')}.length === 3`);
    await page.click('muster-table [role=columnheader] button >> nth=1');
    await until(panel, `${texts('[role=gridcell].number')}.join() === '9,20,100'`);
    await page.click('muster-table .button.small');
    assert.deepEqual((await sent(panel, 'saveTable'))['rows'], [
      ['Node', 'size', hostile[1]],
      ['n0', '9', hostile[0]],
      ['n3', '20', hostile[0]],
      ['n1', '100', hostile[0]],
    ]);
    assert.equal(await page.evaluate('globalThis.owned'), undefined);
    assert.deepEqual(panel.complaints, []);
  });

  it('draws of thousands of records and many columns only what is in view', async () => {
    const wide = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`column ${at}`, at]));
    const rows = Array.from({ length: 400 }, (_, row) => ({ row, ...wide }));
    panel = await show(Array.from({ length: 10 }, () => JSON.stringify(rows)));
    const { page } = panel;
    await page.click('muster-view-switch [data-view=table]');
    await until(panel, `${texts('.bar [role=status]')}.join().startsWith('4,000 records of 10 nodes')`);
    await until(panel, `${texts('[role=gridcell].first')}.length > 10`);
    assert.ok(Number(await page.evaluate(`${everything}.length`)) < 3_000);
  });
});

async function show(said: readonly string[]): Promise<PanelPage> {
  const panel = await openPanel({ theme: 'dark', width: 1280, height: 800 });
  const batch = batchOf(said);
  playHost(panel, () => batch);
  await panel.send({ type: 'snapshot', state: batch.state, now: Date.now() });
  await until(panel, `${everything}.some((each) => each.matches('muster-view-switch'))`);
  return panel;
}

function batchOf(said: readonly string[]): FakeBatch {
  const nodes = said.map((_, at) => `n${at}`);
  const batch = fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 9, startedAt: 1 });
  for (const [at, text] of said.entries()) {
    batch.run(`e${at}`, 2);
    batch.print(`e${at}`, [{ stream: 'stdout', text }]);
    batch.end(`e${at}`, { status: 'ok' }, 3);
  }
  batch.emit({ type: 'batchFinished', end: 'succeeded' });
  return batch;
}
