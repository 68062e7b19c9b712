import assert from 'node:assert/strict';
import { allText, answerOutput, everything, hostile, sent, until } from './fixtures/driving.ts';
import { fakeBatch } from './fixtures/fakeBatch.ts';
import { openPanel, whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';

const absent = whyNoChromium();

describe(`the run panel in Chromium${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let panel: PanelPage | undefined;
  before(function () {
    if (absent !== undefined) this.skip();
  });
  afterEach(async () => panel?.close());

  it('shows hostile output, names and commands as text, under the policy of VS Code', async () => {
    const batch = fakeBatch({
      nodes: [hostile[1] ?? '', 'b'],
      command: hostile[0] ?? '',
      selection: hostile[2] ?? '',
      concurrency: 2,
      startedAt: Date.now(),
    });
    batch.run('e0', Date.now());
    batch.print('e0', [{ stream: 'stdout', text: `${hostile.join('\n')}\n${'<b>'.repeat(350_000)}\n` }]);
    batch.print('e0', [{ stream: 'stderr', text: `${hostile.join('\n')}\n` }]);
    panel = await openPanel({ theme: 'dark', width: 1280, height: 800 });
    const { page, received, complaints } = panel;
    answerOutput(panel, (query) => batch.page(query));
    await panel.send({ type: 'snapshot', state: batch.state, now: Date.now() });
    await page.click('.row >> nth=0');
    await until(panel, `${allText}.includes('approve? [Y/n]')`);
    const text = String(await page.evaluate(allText));
    assert.ok(text.includes('<img src=x onerror='));
    assert.ok(text.includes('␛[2Japprove? [Y/n] \\u202egnp.exe \\u009b31m'));
    assert.equal(await page.evaluate('globalThis.owned'), undefined);
    assert.equal(
      await page.evaluate(`${everything}.some((each) => /^(IMG|A|B|SVG|TEXTAREA)$/i.test(each.tagName))`),
      false,
    );
    assert.deepEqual(complaints, []);
    assert.equal(received[0]?.['type'], 'ready');
  });

  it('stays small and without a sideways scroll with 1000 nodes, and remembers its batch', async () => {
    const nodes = Array.from({ length: 1000 }, (_, at) => `web${String(at).padStart(4, '0')}.example.com`);
    const batch = fakeBatch({
      nodes,
      command: 'uptime',
      selection: 'all',
      concurrency: 50,
      startedAt: Date.now(),
    });
    panel = await openPanel({ theme: 'hc', width: 320, height: 600 });
    const { page } = panel;
    await panel.send({ type: 'snapshot', state: batch.state, now: Date.now() });
    await until(panel, `${everything}.some((each) => each.matches('.row'))`);
    await page.focus('.row >> nth=0');
    await page.keyboard.press('End');
    await until(panel, `${allText}.includes('web0999')`);
    assert.ok(Number(await page.evaluate(`${everything}.length`)) < 3_000);
    assert.equal(await page.evaluate(`document.documentElement.scrollWidth`), 320);
    const main = `document.querySelector('muster-run-panel').shadowRoot.querySelector('main')`;
    assert.equal(await page.evaluate(`${main}.scrollWidth - ${main}.clientWidth`), 0);
    assert.equal(await page.evaluate('acquireVsCodeApi().getState().batch'), 'b1');
  });

  it('says who differs and who failed: by keys to the nodes of an answer and to the diff editor', async () => {
    const nodes = ['web1', 'web2', 'web3', 'web4'];
    const batch = fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 4, startedAt: Date.now() });
    for (const [at, text] of ['up\n', 'up\n', `${hostile.join('\n')}\n`, '<b>down</b>\n'].entries()) {
      batch.run(`e${at}`, Date.now());
      batch.print(`e${at}`, [{ stream: 'stdout', text }]);
      const exitCode = at === 3 ? 3 : 0;
      const failed = { status: 'failed', step: 'run', message: 'exit 3', exitCode } as const;
      batch.end(`e${at}`, exitCode === 0 ? { status: 'ok' } : failed, Date.now());
    }
    batch.emit({ type: 'batchFinished', end: 'partial' });
    panel = await openPanel({ theme: 'dark', width: 1280, height: 800 });
    const { page, complaints } = panel;
    panel.onMessage(({ type, exact }) => {
      if (type === 'answers') void panel?.send({ type: 'answers', answers: batch.answers(exact === true) });
    });
    await panel.send({ type: 'snapshot', state: batch.state, now: Date.now() });
    await until(panel, `${everything}.filter((each) => each.matches('.entry')).length === 4`);
    await page.focus('muster-answers .entry >> nth=0');
    await page.keyboard.press('End');
    await page.keyboard.press(' ');
    await until(panel, `${everything}.filter((each) => each.matches('.row .node')).length === 1`);
    assert.ok(String(await page.evaluate(allText)).includes('<b>down</b>'));
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(panel, 'compare'), {
      type: 'compare',
      majority: 'e0',
      execution: 'e3',
      title: 'majority (2 nodes) ↔ web4',
    });
    assert.equal(await page.evaluate('globalThis.owned'), undefined);
    assert.deepEqual(complaints, []);
  });
});
