import assert from 'node:assert/strict';
import { everything, until } from './fixtures/driving.ts';
import { whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { fleet } from './fixtures/pictureBatches.ts';
import { fakePlaybook } from './fixtures/fakePlaybook.ts';
import { showPicture } from './fixtures/pictures.ts';

const absent = whyNoChromium();
const find = (selector: string): string =>
  `${everything}.find((each) => each.matches(${JSON.stringify(selector)}))`;
const box = (selector: string): string => `${find(selector)}.getBoundingClientRect()`;

describe(`the layout of the run panel in Chromium${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let panel: PanelPage | undefined;
  before(function () {
    if (absent !== undefined) this.skip();
  });
  afterEach(async () => panel?.close());

  it('has all three questions and nodes on screen in a usual window with a side bar', async () => {
    panel = await ended({ width: 926, height: 700 });
    const { page } = panel;
    const answers = (await page.evaluate(`${box('muster-answers')}.toJSON()`)) as DOMRectJson;
    const reasons = (await page.evaluate(`${box('muster-reasons')}.toJSON()`)) as DOMRectJson;
    assert.equal(answers.top, reasons.top);
    assert.ok(Number(await page.evaluate(`${box('.row')}.bottom`)) < 700);
  });

  it('keeps the heads of its sections in view where all scrolls together', async () => {
    panel = await ended({ width: 800, height: 300 });
    const { page } = panel;
    const main = `document.querySelector('muster-run-panel').shadowRoot.querySelector('main')`;
    await page.evaluate(`void (${main}.scrollTop = ${box('muster-answers')}.top + 60)`);
    await until(panel, `Math.abs(${box('muster-answers .head, .head')}.top) < 2`);
    await page.evaluate(`void (${main}.scrollTop = ${main}.scrollHeight)`);
    await until(panel, `Math.abs(${box('.tools:has(h2)')}.top) < 2`);
  });

  it('brings a detail that opens below into view', async () => {
    panel = await showPicture({
      name: '',
      theme: 'dark',
      width: 700,
      height: 600,
      batch: () => fakePlaybook(41, Date.now()),
    });
    const { page } = panel;
    await until(panel, `${find('.cell.is-failed')} !== undefined`);
    await page.click('muster-matrix .cell.is-failed >> nth=0');
    await until(panel, `${find('.below')} !== undefined`);
    await until(panel, `${box('.below')}.bottom <= 601`);
  });

  it('has no sideways scroll at 300 pixels, and heads that can be read', async () => {
    panel = await showPicture({
      name: '',
      theme: 'dark',
      width: 300,
      height: 700,
      batch: () => fakePlaybook(41, Date.now()),
    });
    const { page } = panel;
    await until(panel, `${find('.cell.is-failed')} !== undefined`);
    const main = `document.querySelector('muster-run-panel').shadowRoot.querySelector('main')`;
    assert.equal(await page.evaluate(`${main}.scrollWidth - ${main}.clientWidth`), 0);
    const cutHeads = `${everything}.filter((each) => each.matches('h2') && each.scrollWidth > each.clientWidth + 1).length`;
    assert.equal(await page.evaluate(cutHeads), 0);
    assert.ok(Number(await page.evaluate(`${box('.in-step select')}.right`)) <= 300);
  });

  it('says which filter hides all nodes, and takes it away', async () => {
    panel = await ended({ width: 926, height: 700 });
    const { page } = panel;
    await page.focus('muster-node-list .search input');
    await page.keyboard.type('nobody says this');
    await until(panel, `${find('.nobody.muted')}?.textContent.includes('contains “nobody says this”')`);
    await page.click('.nobody.muted button');
    await until(panel, `${find('.row .node')} !== undefined`);
    assert.equal(await page.evaluate(`${find('.search input')}.value`), '');
  });
});

type DOMRectJson = { readonly top: number };

function ended(size: { width: number; height: number }): Promise<PanelPage> {
  return showPicture({ name: '', theme: 'dark', ...size, batch: () => fleet(120, 'ended') });
}
