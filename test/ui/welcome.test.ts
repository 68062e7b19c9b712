import { readFileSync, rmSync } from 'node:fs';
import assert from 'node:assert/strict';
import { runCommand, treeRow } from '../harness/page.ts';
import { openMuster, tab, tick } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('a folder without an inventory', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 6 }, async ({ inventory }) => {
    rmSync(inventory);
  });

  it('is welcomed with the ways to get one, and has one after a click', async () => {
    const { page } = scene();
    await page.locator('.activitybar [aria-label^="Muster"]').first().waitFor();
    await runCommand(page, 'View: Show Muster');
    const welcome = page.locator('.pane', { hasText: 'No inventory in this folder yet.' });
    await welcome.getByRole('button', { name: 'Import hosts from ~/.ssh/config' }).waitFor();
    await welcome.getByRole('button', { name: 'Use an Ansible or Bolt inventory' }).waitFor();
    await shoot(page, 'welcome');
    await welcome.getByRole('button', { name: 'Create inventory.yaml' }).click();
    await tab(page, 'inventory.yaml').waitFor();
    await treeRow(page, 'site').waitFor();
    assert.match(readFileSync(scene().inventory, 'utf8'), /^# The nodes of this folder/);
    await shoot(page, 'welcome-created');
  });

  it('opens the demo fleet in a window of its own, where its nodes answer', async () => {
    const { page } = scene();
    const opened = page.context().waitForEvent('page');
    await runCommand(page, 'Muster: Open the Demo Fleet');
    const demo = await opened;
    await openMuster(demo);
    await treeRow(demo, 'site').filter({ hasText: '0/24' }).waitFor();
    await tick(demo, 'site');
    await runCommand(demo, 'Muster: Check Reachability');
    await demo.getByText('23 of 24 nodes answer, 1 does not.').waitFor();
    await shoot(demo, 'demo-fleet');
  });
});
