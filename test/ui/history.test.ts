import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import {
  chooseFromMenu,
  enter,
  pickRow,
  quickRow,
  quickStep,
  reloadWindow,
  runCommand,
  treeRow,
  typeInto,
  webview,
} from '../harness/page.ts';
import { root } from '../house/repository.ts';
import { expand, openMuster, preview, runOnTicked, tab, tick, until } from './actions.ts';
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
    const row = historyRow(page, 'test $(host').first();
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
    await page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
    await reloadWindow(page);
    await treeRow(page, 'site').waitFor();
    const row = historyRow(page, 'test $(host').first();
    await openByClick(row, tab(page, '1 failed'));
    await webview(page).getByText('3 of 4 ok').first().waitFor();
    await open(row);
    const node = page.locator('.pane-body .monaco-list-row[aria-level="3"]', { hasText: 'api03' }).first();
    await openByClick(node, page.locator('.view-lines').getByText('it is api03'));
  });

  it('runs again on the nodes that failed, through the preview, and says what it runs again', async () => {
    const { page } = scene();
    const shown = preview(page, 'Run on 1 node: api02');
    await until(
      () => chooseFromMenu(historyRow(page, 'test $(host').last(), 'Re-run Failed'),
      () => shown.waitFor({ timeout: 20_000 }),
    );
    await shown.getByText('Runs again on nodes that failed in batch').first().waitFor();
    await shoot(page, 'history-rerun-preview');
    await enter(shown);
    await historyRow(page, 'test $(host').filter({ hasText: 're-run of' }).first().waitFor();
    await webview(page).getByText('0 of 1 ok').first().waitFor();
    await shoot(page, 'history-rerun');
  });

  it('shows batches of the command line, without being asked', async () => {
    const { page } = scene();
    const run = ['run', 'echo hi cli', '--on', 'api01', '-i', scene().inventory];
    const env = { ...process.env, XDG_DATA_HOME: scene().dataHome };
    execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), ...run], { env, stdio: 'pipe' });
    const row = historyRow(page, 'echo hi cli').first();
    await row.filter({ hasText: '1 node' }).waitFor();
    await openByClick(row, tab(page, 'echo hi'));
    await webview(page).getByText('hi cli').first().waitFor();
  });

  it('is filtered by status and by what nodes said, and says so', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Filter History');
    const what = quickStep(page, 'What to look for; Escape when it is set');
    await pickRow(what, 'Output');
    const output = quickStep(page, 'A part of what a node wrote');
    await typeInto(output, 'HI CLI');
    await enter(output);
    await quickRow(page, 'Clear Filter').waitFor();
    await until(
      () => what.locator('input.input').press('Escape', { timeout: 10_000 }),
      () => what.waitFor({ state: 'hidden', timeout: 10_000 }),
    );
    await page.getByText('saying “HI CLI”: 1 batch.').waitFor();
    await historyRow(page, 'test $(host').first().waitFor({ state: 'detached' });
    await shoot(page, 'history-filtered');
    await runCommand(page, 'Muster: Clear History Filter');
    await historyRow(page, 'test $(host').first().waitFor();
  });

  it('ticks the nodes of a batch that failed in the tree', async () => {
    const { page } = scene();
    const which = quickStep(page, 'Which of the nodes');
    await until(
      () => chooseFromMenu(historyRow(page, 'test $(host').last(), 'Select These Nodes in the Tree'),
      () => which.waitFor({ timeout: 20_000 }),
    );
    await pickRow(which, 'Failed');
    await page.getByText('1 node ticked: api02').waitFor();
  });

  it('says which process runs a batch, cancels it there, and runs what did not run', async () => {
    const { page } = scene();
    const run = ['run', 'sleep 600', '--on', 'api[01-04]', '--sequential', '-i', scene().inventory];
    const env = { ...process.env, XDG_DATA_HOME: scene().dataHome };
    const cli = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...run], { env, stdio: 'ignore' });
    try {
      const row = historyRow(page, 'sleep 600').first();
      await row.filter({ hasText: '0/4 completed' }).filter({ hasText: 'in process' }).waitFor();
      await shoot(page, 'history-elsewhere');
      await chooseFromMenu(row, 'Cancel Batch');
      await row.filter({ hasText: '4/4 cancelled' }).waitFor();
      const shown = preview(page, 'Run on 3 nodes: api[02-04]');
      await until(
        () => chooseFromMenu(row, 'Run What Did Not Run'),
        () => shown.waitFor({ timeout: 20_000 }),
      );
      await until(
        () => shown.locator('input.input').press('Escape', { timeout: 10_000 }),
        () => shown.waitFor({ state: 'hidden', timeout: 10_000 }),
      );
    } finally {
      cli.kill();
    }
  });

  it('deletes a batch with everything after a yes', async () => {
    const { page } = scene();
    const row = historyRow(page, 'echo hi cli').first();
    await openByClick(row, tab(page, 'echo hi'));
    const question = page.getByText('all output of 1 node are gone for good');
    await until(
      async () => {
        await runCommand(page, 'Focus on History View');
        await row.and(page.locator('.focused')).waitFor({ timeout: 10_000 });
        await page.keyboard.press('Delete');
      },
      () => question.waitFor({ timeout: 10_000 }),
    );
    await shoot(page, 'history-delete');
    await until(
      () => page.getByRole('button', { name: 'Delete', exact: true }).click({ timeout: 10_000 }),
      () => question.waitFor({ state: 'detached', timeout: 10_000 }),
    );
    await historyRow(page, 'echo hi cli').first().waitFor({ state: 'detached' });
    await tab(page, 'echo hi').waitFor({ state: 'detached' });
  });
});

/** Rows of batches, the newest first. */
function historyRow(page: Page, title: string): Locator {
  return page.locator('.pane-body .monaco-list-row[aria-level="2"]', { hasText: title });
}

/** Clicks until something is open: a click on a row that is being drawn is lost. */
async function openByClick(row: Locator, opened: Locator): Promise<void> {
  await until(
    () => row.click({ timeout: 10_000 }),
    () => opened.first().waitFor({ timeout: 10_000 }),
  );
}

async function open(row: Locator): Promise<void> {
  await until(
    async () => {
      if ((await row.getAttribute('aria-expanded')) === 'false')
        await row.locator('.monaco-tl-twistie').click({ timeout: 10_000 });
    },
    () => row.and(row.page().locator('[aria-expanded="true"]')).waitFor({ timeout: 10_000 }),
  );
}
