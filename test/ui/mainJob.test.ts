import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enginePids, runsEngine } from '../harness/engines.ts';
import { runCommand, toast, treeRow, webview } from '../harness/page.ts';
import { expand, nodeRow, nodeRows, openMuster, runOnTicked, tab, tick, until } from './actions.ts';
import { processesWith } from './processes.ts';
import { shoot, useScene } from './scene.ts';

const preview = 'Run on 4 nodes: api[01-04]';

describe('the main job in a VS Code window', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 });

  it('ticks a group with all its nodes and says so on every row above', async () => {
    const { page } = scene();
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
    await treeRow(page, 'api').filter({ hasText: '4/4' }).waitFor();
    await treeRow(page, 'site').filter({ hasText: '4/12' }).waitFor();
    await page.getByText('4 nodes ticked: api[01-04]').waitFor();
    await page.locator('.statusbar-item', { hasText: '4 selected' }).waitFor();
    await shoot(page, 'inventory-ticked');
  });

  it('runs hostname on the ticked nodes and shows the answer of each', async () => {
    const { page } = scene();
    await runOnTicked(page, 'hostname', preview);
    await tab(page, '4 ok · hostname').waitFor();
    await nodeRows(page).nth(3).waitFor();
    assert.equal(await nodeRows(page).count(), 4);
    for (const name of ['api01', 'api02', 'api03', 'api04']) {
      // The name, and once more as its last line of output.
      await nodeRow(page, name).getByText(name).nth(1).waitFor();
    }
    await webview(page).getByText('4 of 4 ok').first().waitFor();
    await shoot(page, 'batch-succeeded');
  });

  it('shows the output of a node below its row', async () => {
    const { page } = scene();
    await runOnTicked(page, 'uname -a; echo to stderr >&2; exit 3', preview);
    await tab(page, '4 failed · uname').waitFor();
    const detail = webview(page).locator('muster-node-detail');
    await until(
      async () => {
        if (!(await detail.isVisible())) await nodeRow(page, 'api03').click({ timeout: 10_000 });
      },
      () => detail.waitFor({ timeout: 10_000 }),
    );
    await detail.getByText('Linux api03').waitFor();
    await detail.getByText('to stderr').waitFor();
    await shoot(page, 'batch-failed-detail');
  });

  it('cancels a running batch and proves that its processes are gone', async () => {
    const { page } = scene();
    const command = 'sleep 31415';
    await runOnTicked(page, command, preview);
    await tab(page, '0/4 · sleep').waitFor();
    await webview(page).getByText('4 running').first().waitFor();
    assert.ok(processesWith(command) >= 4, 'The nodes do not run it.');
    await shoot(page, 'batch-running');
    await webview(page).getByRole('button', { name: 'Cancel', exact: true }).click();
    await tab(page, 'cancelled · sleep').waitFor();
    assert.equal(processesWith(command), 0);
    await webview(page).getByText('stopped on 4').first().waitFor();
    await shoot(page, 'batch-cancelled');
  });

  it('tells how a batch ended when nobody looks at it', async () => {
    const { page, workspace } = scene();
    const go = join(workspace, 'go');
    await rm(go, { force: true });
    await runOnTicked(page, `until test -e ${go}; do sleep 0.2; done; exit 1`, preview);
    await tab(page, '0/4 · until').waitFor();
    await runCommand(page, 'View: Close All Editors');
    await page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
    await writeFile(go, '');
    const told = toast(page, '4 of 4 failed: until test -e');
    await told.waitFor();
    await shoot(page, 'batch-end-told');
    await told.getByRole('button', { name: 'Open' }).click();
    await tab(page, '4 failed · until').waitFor();
  });

  it('notices a killed engine, says that its batch is interrupted, and runs the next one', async () => {
    await killDuringBatch('sleep 27182');
    await shoot(scene().page, 'batch-interrupted');
    await runOnTicked(scene().page, 'hostname', preview);
    await scene().page.locator('.tabs-container .tab.active', { hasText: '4 ok · hostname' }).waitFor();
  });

  it('goes on with a batch while the window reloads', async () => {
    const { page, workspace } = scene();
    const wake = join(workspace, 'wake');
    await rm(wake, { force: true });
    await runOnTicked(page, `until test -e ${wake}; do sleep 0.2; done; echo awake`, preview);
    await tab(page, '0/4 · until').waitFor();
    await webview(page).getByText('4 running').first().waitFor();
    const loaded = page.waitForEvent('load');
    await runCommand(page, 'Developer: Reload Window');
    await loaded;
    await webview(page).getByText('4 running').first().waitFor();
    await tab(page, '0/4 · until').waitFor();
    await writeFile(wake, '');
    await tab(page, '4 ok · until').waitFor();
    for (const name of ['api01', 'api02', 'api03', 'api04']) {
      await nodeRow(page, name).getByText('awake').waitFor();
    }
    await shoot(page, 'batch-after-reload');
  });

  it('notices a killed engine also after the window that started it has reloaded', async () => {
    // Its parent, the extension host of before, may not have taken note of its end: it is a zombie then.
    await killDuringBatch('sleep 16180');
  });

  async function killDuringBatch(command: string): Promise<void> {
    const { page } = scene();
    await runOnTicked(page, command, preview);
    await tab(page, `0/4 · ${command}`).waitFor();
    await webview(page).getByText('4 running').first().waitFor();
    const pid = enginePids(scene().workbench.logs).findLast(runsEngine);
    assert.ok(pid, 'The log names no engine that runs.');
    process.kill(pid, 'SIGKILL');
    await toast(page, "Muster's engine ended").first().waitFor();
    await tab(page, `interrupted · ${command}`).waitFor();
  }
});
