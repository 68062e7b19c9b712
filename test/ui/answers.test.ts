import assert from 'node:assert/strict';
import { quickInput, webview } from '../harness/page.ts';
import { expand, nodeRows, openMuster, runOnTicked, tab, tick } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const command = 'hostname; test "$(hostname)" != api03 || { echo down; exit 3; }; echo up';

describe('the answers of a batch in a VS Code window', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 });

  const answer = (word: string) => webview(scene().page).locator('muster-answers .entry', { hasText: word });

  it('are together where they are equal, and marked where they differ', async () => {
    const { page } = scene();
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
    await runOnTicked(page, command, 'Run on 4 nodes: api[01-04]');
    await tab(page, '1 failed · hostname').waitFor();
    await answer('same').filter({ hasText: 'api[01-02,04]' }).waitFor();
    await answer('different').filter({ hasText: 'exit 3' }).waitFor();
    await webview(page).locator('mark', { hasText: 'down' }).waitFor();
    await webview(page).locator('muster-reasons .entry', { hasText: 'Exit 3 down' }).waitFor();
    await shoot(page, 'batch-answers');
  });

  it('filter the nodes below', async () => {
    const { page } = scene();
    await answer('different').click();
    await webview(page).getByRole('button', { name: '≠ 1 different, exit 3' }).waitFor();
    assert.equal(await nodeRows(page).count(), 1);
    await webview(page).getByRole('button', { name: '≠ 1 different, exit 3' }).click();
    await nodeRows(page).nth(3).waitFor();
  });

  it('are compared in the diff editor', async () => {
    const { page } = scene();
    await answer('different').press('Enter');
    await tab(page, 'majority (3 nodes) ↔ api03').waitFor();
    await page.locator('.diff-editor, .monaco-diff-editor').getByText('down').first().waitFor();
    await shoot(page, 'batch-answers-compared');
    await page.keyboard.press('Control+W');
  });

  it('of two nodes are compared from the header', async () => {
    const { page } = scene();
    const widget = page.locator('.quick-input-widget:visible');
    await webview(page).getByRole('button', { name: 'Compare…' }).click();
    for (const name of ['api02', 'api03']) {
      await quickInput(page).fill(name);
      await widget.locator('.monaco-list-row.focused', { hasText: name }).waitFor();
      await page.keyboard.press('Enter');
    }
    await tab(page, 'api02 ↔ api03').waitFor();
    await page.keyboard.press('Control+W');
  });

  it('tick their nodes in the tree', async () => {
    const { page } = scene();
    await answer('different').hover();
    await answer('different').getByRole('button', { name: 'Select in tree' }).click();
    await page.getByText('1 node ticked: api03').waitFor();
  });
});
