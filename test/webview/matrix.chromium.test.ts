import assert from 'node:assert/strict';
import { answerOutput, everything, hostile, sent, until } from './fixtures/driving.ts';
import { fakePlaybook } from './fixtures/fakePlaybook.ts';
import { openPanel, whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { playHost } from './fixtures/playHost.ts';

const absent = whyNoChromium();
const focused = `${everything}.findLast((each) => each.matches(':focus'))`;

describe(`the matrix in Chromium${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let panel: PanelPage | undefined;
  before(function () {
    if (absent !== undefined) this.skip();
  });
  afterEach(async () => panel?.close());

  it('opens by keys what a node said in a step', async () => {
    const batch = fakePlaybook(41, Date.now());
    panel = await openPanel({ theme: 'dark', width: 1280, height: 800 });
    const { page } = panel;
    answerOutput(panel, (query) => batch.page(query));
    await panel.send({ type: 'snapshot', state: batch.state, now: Date.now() });
    await until(panel, `${everything}.some((each) => each.matches('muster-view-switch'))`);
    await until(panel, `${everything}.some((each) => each.matches('muster-matrix .cell, .cell.is-failed'))`);
    await page.focus('muster-matrix [tabindex="0"][data-row]');
    // Down over the heads of waves two and three, the second of which is closed and opened on the way.
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await press(panel, key);
    const rows = `${everything}.filter((each) => each.matches('.row .name')).length`;
    const shown = Number(await page.evaluate(rows));
    await page.keyboard.press('ArrowLeft');
    await until(panel, `${rows} < ${shown}`);
    await page.keyboard.press('ArrowRight');
    await until(panel, `${rows} === ${shown}`);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight'])
      await press(panel, key);
    assert.match(
      String(await page.evaluate(`${focused}.getAttribute('aria-label')`)),
      /^web09 web18, health, failed/,
    );
    await page.keyboard.press('Enter');
    const lines = `${everything}.filter((each) => each.matches('muster-output .text, .line .text')).map((each) => each.textContent)`;
    await until(panel, `${lines}.join() === 'answered 502'`);
    await page.keyboard.press('Escape');
    await until(panel, `!${everything}.some((each) => each.matches('.below'))`);
    assert.deepEqual(panel.complaints, []);
  });

  it('draws what is in view only, also to the side, and hostile titles as text', async () => {
    const checks = Array.from({ length: 60 }, (_, at) => `${hostile[at % hostile.length]} ${at}`);
    const batch = fakePlaybook(300, Date.now(), checks);
    panel = await openPanel({ theme: 'hc', width: 1280, height: 800 });
    const { page } = panel;
    await panel.send({ type: 'snapshot', state: batch.state, now: Date.now() });
    await until(panel, `${everything}.some((each) => each.matches('[data-view=steps]'))`);
    await page.click('.fold input');
    await until(panel, `${everything}.filter((each) => each.matches('.row .name')).length > 20`);
    await page.focus('muster-matrix [tabindex="0"][data-row]');
    await press(panel, 'End');
    await until(panel, `${focused}?.dataset.column === '65'`);
    assert.ok(Number(await page.evaluate(`${everything}.length`)) < 3_000);
    assert.equal(await page.evaluate('globalThis.owned'), undefined);
    assert.equal(
      await page.evaluate(`${everything}.some((each) => /^(IMG|A|B|SVG)$/i.test(each.tagName))`),
      false,
    );
    assert.deepEqual(panel.complaints, []);
  });

  it('compares at the end what was said in the step with the most different answers, and in no other', async () => {
    const batch = fakePlaybook(20, Date.now());
    batch.emit({ type: 'batchFinished', end: 'partial' });
    panel = await openPanel({ theme: 'dark', width: 1280, height: 800 });
    const { page } = panel;
    playHost(panel, () => batch);
    await panel.send({ type: 'snapshot', state: batch.state, now: Date.now() });
    await until(panel, `${everything}.find((each) => each.matches('.in-step select'))?.value === 'health'`);
    const failed = `${everything}.find((each) => each.matches('.entry') && each.textContent.includes('web09'))`;
    await until(panel, `${failed} !== undefined`);
    await page.evaluate(`${failed}.focus()`);
    await page.keyboard.press('Enter');
    const { title, step, execution } = await sent(panel, 'compare');
    assert.deepEqual([step, execution], ['health', 'e8']);
    assert.match(String(title), /^health: majority \(1 node\) ↔ web09$/);
    await page.evaluate(`${everything}.find((each) => each.matches('.entry')).focus()`);
    await page.keyboard.press('Enter');
    assert.deepEqual((await sent(panel, 'openOutput'))['step'], 'health');
    assert.deepEqual(panel.complaints, []);
  });
});

/** Presses a key, and goes on once the focus is on another cell. */
async function press(panel: PanelPage, key: string): Promise<void> {
  const place = `(({ row, column } = {}) => [row, column].join())(${focused}?.dataset)`;
  const before = JSON.stringify(await panel.page.evaluate(place));
  await panel.page.keyboard.press(key);
  await until(panel, `${place} !== ${before}`);
}
