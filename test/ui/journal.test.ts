import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { quickInput, quickRow, runCommand, toast, treeRow } from '../harness/page.ts';
import { expand, openMuster, runOnTicked, tick } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('what is remembered of nodes, in a VS Code window', function () {
  this.timeout(240_000);
  // Each step goes on where the one before ended.
  this.bail(true);
  const scene = useScene({ nodes: 12 });

  async function chooseOnNode(page: Page, item: string): Promise<void> {
    await treeRow(page, 'web01').click({ button: 'right' });
    await page.getByRole('menuitem', { name: item }).hover();
    await page.keyboard.press('Enter');
  }

  it('has the runs and the notes of a node in its journal', async () => {
    const { page } = scene();
    await openMuster(page);
    await expand(page, 'site');
    await expand(page, 'web');
    await tick(page, 'web01');
    await runOnTicked(page, 'echo remembered', 'web01');
    await toast(page, /./).waitFor({ state: 'hidden' });
    await chooseOnNode(page, 'Add Note…');
    await page.locator('.quick-input-widget:visible').getByText('Note About 1 Node').waitFor();
    await quickInput(page).fill('RAM replaced, ticket $(zap) OPS-4711');
    await page.keyboard.press('Enter');
    await chooseOnNode(page, 'Show Journal…');
    await treeRow(page, 'RAM replaced, ticket $(zap) OPS-4711').waitFor();
    await treeRow(page, 'echo remembered').filter({ hasText: 'ok' }).waitFor();
    await shoot(page, 'journal');
  });

  it('writes the results of a batch where a person says', async () => {
    const { page } = scene();
    await treeRow(page, 'echo remembered').last().click();
    await runCommand(page, 'Muster: Export Results…');
    await quickRow(page, 'HTML report').waitFor();
    await shoot(page, 'export-formats');
    await quickInput(page).fill('CSV');
    await page.keyboard.press('Enter');
    const file = join(scene().workspace, 'results.csv');
    await quickInput(page).fill(file);
    await page.keyboard.press('Enter');
    await toast(page, 'results.csv').waitFor();
    await shoot(page, 'export-done');
    assert.match(readFileSync(file, 'utf8'), /"web01","ok",0/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});
