import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { quickInput, quickRow, runCommand, treeRow, webview } from '../harness/page.ts';
import { root } from '../house/repository.ts';
import { expand, openMuster, runOnTicked, tab, tick, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const command = 'test $(hostname) != api02; echo it is $(hostname); test $(hostname) != api02';

describe('the history of a VS Code window', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 }, async ({ page }) => {
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
  });

  it('has a row for a batch with how it went, and its nodes below it, the failed ones first', async () => {
    const { page } = scene();
    await runOnTicked(page, command, 'Run on 4 nodes');
    await tab(page, '1 failed').waitFor();
    const row = historyRow(page, 'test $(host');
    await row.filter({ hasText: '1/4 failed' }).waitFor();
    await open(row);
    const below = page.locator('.pane-body .monaco-list-row[aria-level="3"]', { hasText: '#' });
    await below.first().filter({ hasText: 'api02' }).filter({ hasText: 'exit 1' }).waitFor();
    await below.nth(3).waitFor();
    assert.equal(await below.count(), 4);
    await shoot(page, 'history');
  });

  it('opens the panel of a batch of before after the window was reloaded, and the output of a node', async () => {
    const { page } = scene();
    await runCommand(page, 'View: Close All Editors');
    await runCommand(page, 'Developer: Reload Window');
    await treeRow(page, 'site').waitFor();
    const row = historyRow(page, 'test $(host');
    await row.click();
    await tab(page, '1 failed').waitFor();
    await webview(page).getByText('3 of 4 ok').first().waitFor();
    await open(row);
    await page.locator('.pane-body .monaco-list-row[aria-level="3"]', { hasText: 'api03' }).click();
    await page.locator('.view-lines').getByText('it is api03').waitFor();
  });

  it('runs again on the nodes that failed, through the preview, and says what it runs again', async () => {
    const { page } = scene();
    await choose(historyRow(page, 'test $(host'), 'Re-run Failed');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('Run on 1 node: api02').waitFor();
    await widget.getByText('Runs again on nodes that failed in batch').first().waitFor();
    await shoot(page, 'history-rerun-preview');
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.waitFor({ state: 'hidden', timeout: 3000 }),
    );
    await historyRow(page, 'test $(host').filter({ hasText: 're-run of' }).waitFor();
    await webview(page).getByText('0 of 1 ok').first().waitFor();
    await shoot(page, 'history-rerun');
  });

  it('shows batches of the command line, without being asked', async () => {
    const { page } = scene();
    const run = ['run', 'echo hi cli', '--on', 'api01', '-i', scene().inventory];
    const env = { ...process.env, XDG_DATA_HOME: scene().dataHome };
    execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), ...run], { env, stdio: 'pipe' });
    await historyRow(page, 'echo hi cli').filter({ hasText: '1 node' }).waitFor();
    await historyRow(page, 'echo hi cli').click();
    await webview(page).getByText('hi cli').first().waitFor();
  });

  it('is filtered by status and by what nodes said, and says so', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Filter History');
    await quickRow(page, 'Output').click();
    await quickInput(page).fill('HI CLI');
    await page.keyboard.press('Enter');
    await quickRow(page, 'Clear Filter').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('saying “HI CLI”: 1 batch.').waitFor();
    await historyRow(page, 'test $(host').first().waitFor({ state: 'detached' });
    await shoot(page, 'history-filtered');
    await runCommand(page, 'Muster: Clear History Filter');
    await historyRow(page, 'test $(host').first().waitFor();
  });

  it('ticks the nodes of a batch that failed in the tree', async () => {
    const { page } = scene();
    await choose(historyRow(page, 'test $(host').last(), 'Select These Nodes in the Tree');
    await quickRow(page, 'Failed').click();
    await page.getByText('1 node ticked: api02').waitFor();
  });

  it('says which process runs a batch, cancels it there, and runs what did not run', async () => {
    const { page } = scene();
    const run = ['run', 'sleep 600', '--on', 'api[01-04]', '--sequential', '-i', scene().inventory];
    const env = { ...process.env, XDG_DATA_HOME: scene().dataHome };
    const cli = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...run], { env, stdio: 'ignore' });
    try {
      const row = historyRow(page, 'sleep 600');
      await row.filter({ hasText: '0/4 completed' }).filter({ hasText: 'in process' }).waitFor();
      await shoot(page, 'history-elsewhere');
      await choose(row, 'Cancel Batch');
      await row.filter({ hasText: '4/4 cancelled' }).waitFor();
      await choose(row, 'Run What Did Not Run');
      await page.locator('.quick-input-widget:visible').getByText('Run on 3 nodes: api[02-04]').waitFor();
      await page.keyboard.press('Escape');
    } finally {
      cli.kill();
    }
  });

  it('deletes a batch with everything after a yes', async () => {
    const { page } = scene();
    await historyRow(page, 'echo hi cli').click();
    await tab(page, 'echo hi').waitFor();
    await runCommand(page, 'Focus on History View');
    await page.keyboard.press('Delete');
    await page.getByText('all output of 1 node are gone for good').waitFor();
    await shoot(page, 'history-delete');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await historyRow(page, 'echo hi cli').waitFor({ state: 'detached' });
    await tab(page, 'echo hi').waitFor({ state: 'detached' });
  });
});

/** Rows of batches, the newest first. */
function historyRow(page: Page, title: string): Locator {
  return page.locator('.pane-body .monaco-list-row[aria-level="2"]', { hasText: title });
}

/** Chooses from the context menu of a row. A menu that has just opened takes no click. */
async function choose(row: Locator, item: string): Promise<void> {
  const menu = row.page().locator('.monaco-menu');
  await row.click({ button: 'right' });
  await until(
    () => menu.locator('.action-item', { hasText: item }).first().click(),
    () => menu.waitFor({ state: 'detached', timeout: 2000 }),
  );
}

async function open(row: Locator): Promise<void> {
  if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
}
