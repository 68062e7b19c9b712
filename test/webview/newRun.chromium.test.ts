import assert from 'node:assert/strict';
import { playNewRunHost, site } from './fixtures/newRunHost.ts';
import { newRunPage, openPanel, whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';

const absent = whyNoChromium();

describe(`the page of New Run in Chromium${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(60_000);
  let panel: PanelPage;
  before(function () {
    if (absent !== undefined) this.skip();
  });
  afterEach(async () => panel?.close());

  async function openForm(webs: number): Promise<PanelPage> {
    panel = await openPanel({ theme: 'dark', width: 1280, height: 800, shows: newRunPage });
    const index = site(webs);
    playNewRunHost(panel, index);
    await panel.send({ type: 'form', form: { selection: '@api' } });
    await panel.page.evaluate('window.postMessage({ type: "loading" })');
    await panel.page.evaluate('acquireVsCodeApi().postMessage({ type: "ready" })');
    await until(`${text}.includes('2 of ')`);
    return panel;
  }

  it('has one value in two views: ticks write the line, the line moves the ticks', async () => {
    const { page, complaints } = await openForm(12);
    await page.click('.target:has-text("database") input');
    await until(`${value('selection')} === '@api, @database'`);
    await until(`${text}.includes('Runs on exactly these 4 nodes')`);
    await page.click('#selection');
    await page.keyboard.type(' !db01');
    await until(`${text}.includes('Runs on exactly these 3 nodes')`);
    await until(`${all}.some((each) => each.matches('.target') && each.textContent.includes('1/2'))`);
    assert.deepEqual(complaints, []);
  });

  it('keeps the ticks while the line is not right, says why at the field, and can not be run', async () => {
    const { page, received } = await openForm(12);
    await page.click('#command');
    await page.keyboard.type('uptime');
    await page.click('#selection');
    await page.keyboard.type(', @nobody');
    await page.focus('#command');
    await until(`${text}.includes('@nobody')`);
    assert.equal(await page.evaluate(`${text}.includes('Run on 2 nodes')`), true);
    await page.keyboard.press('Control+Enter');
    assert.ok(!received.some(({ type }) => type === 'run'));
  });

  it('goes to the field that is wrong, and runs by keys when it is right', async () => {
    const { page, received } = await openForm(12);
    await until(`${text}.includes('What is to be run?')`);
    await page.click('button:has-text("Go to field")');
    await until(`${all}.some((each) => each.shadowRoot?.activeElement?.id === 'command')`);
    await page.keyboard.type('uptime');
    await until(`${all}.some((each) => each.matches('.primary:enabled'))`);
    await page.keyboard.press('Control+Enter');
    await until(`${text}.includes('Starting…')`);
    const form = received.findLast(({ type }) => type === 'run')?.['form'];
    assert.deepEqual([Object(form)['selection'], Object(form)['command']], ['@api', 'uptime']);
    await panel.send({ type: 'idle', message: 'The queue is full: 10 running, 5 waiting of 5.' });
    await until(`${text}.includes('The queue is full')`);
    assert.equal(await page.evaluate(value('command')), 'uptime');
  });

  it('stays small with 5000 nodes, and finds them', async () => {
    const { page } = await openForm(4996);
    await page.click('.segments button:has-text("Nodes")');
    await until(`${text}.includes('web001')`);
    assert.ok(Number(await page.evaluate(`${all}.length`)) < 1000);
    await page.click('input[type=search]');
    await page.keyboard.type('web4990');
    await until(`${all}.filter((each) => each.matches('.target')).length === 1`);
  });

  /** Asks at most 100 times, every tenth of a second: the page's policy forbids Playwright's own waiting. */
  async function until(condition: string): Promise<void> {
    for (let turn = 0; turn < 100; turn++) {
      if (await panel.page.evaluate(condition)) return;
      await panel.page.evaluate('new Promise((resolve) => setTimeout(resolve, 100))');
    }
    assert.fail(`did not come true: ${condition}`);
  }
});

/** Every element, in shadow roots too. */
const all = `(function all(root) {
  return [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
})(document)`;
const text = `${all}.filter((each) => each.children.length === 0 || each.matches('button, .reason, .target, .strong'))
  .map((each) => each.textContent.replace(/\\s+/g, ' ')).join('\\n')`;

function value(id: string): string {
  return `${all}.find((each) => each.id === '${id}').value`;
}
