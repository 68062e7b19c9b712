import assert from 'node:assert/strict';
import { pickRow, quickStep, webview } from '../harness/page.ts';
import { closeTab, expand, nodeRows, openMuster, runOnTicked, tab, tick, until } from './actions.ts';
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
    await nodeRows(page).nth(3).waitFor();
    const chip = webview(page).getByRole('button', { name: '≠ 1 different, exit 3' });
    await until(
      async () => {
        if (!(await chip.isVisible())) await answer('different').click({ timeout: 10_000 });
      },
      () => chip.waitFor({ timeout: 10_000 }),
    );
    await nodeRows(page).nth(1).waitFor({ state: 'detached' });
    assert.equal(await nodeRows(page).count(), 1);
    await chip.click();
    await nodeRows(page).nth(3).waitFor();
  });

  it('are compared in the diff editor', async () => {
    const { page } = scene();
    const compared = tab(page, 'majority (3 nodes) ↔ api03');
    await until(
      () => answer('different').press('Enter', { timeout: 10_000 }),
      () => compared.waitFor({ timeout: 20_000 }),
    );
    await page.locator('.diff-editor, .monaco-diff-editor').getByText('down').first().waitFor();
    await shoot(page, 'batch-answers-compared');
    await closeTab(page, 'majority (3 nodes) ↔ api03');
  });

  it('of two nodes are compared from the header', async () => {
    const { page } = scene();
    const first = quickStep(page, 'Compare the Output of a Node');
    await until(
      () => webview(page).getByRole('button', { name: 'Compare…' }).click({ timeout: 10_000 }),
      () => first.waitFor({ timeout: 10_000 }),
    );
    await pickRow(first, 'api02');
    await pickRow(quickStep(page, 'Compare api02 with'), 'api03');
    await tab(page, 'api02 ↔ api03').waitFor();
    await closeTab(page, 'api02 ↔ api03');
  });

  it('tick their nodes in the tree', async () => {
    const { page } = scene();
    await answer('different').hover();
    await answer('different').getByRole('button', { name: 'Select in tree' }).click();
    await page.getByText('1 node ticked: api03').waitFor();
  });
});
