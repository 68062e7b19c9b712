import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import {
  chooseFromMenu,
  enter,
  pickRow,
  quickStep,
  reloadWindow,
  runCommand,
  toast,
  treeRow,
  typeInto,
} from '../harness/page.ts';
import { expand, openMuster, tab, tick, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('the inventory of a VS Code window', function () {
  this.timeout(240_000);
  // Each step goes on where the one before ended.
  this.bail(true);
  const file = (name: string): string => join(scene().workspace, name);
  const scene = useScene({ nodes: 12 }, async ({ inventory }) => {
    writeFileSync(file('hosts.ini'), '[branch]\nams[1:2] ansible_host=192.0.2.1 ansible_user=ops\n');
    writeFileSync(file('nodes.sh'), `#!/bin/sh\necho '{"cloud":{"hosts":["cloud1"]}}'\n`, { mode: 0o755 });
    const sources = [
      '# what other tools know',
      'sources:',
      '  - { type: ansible, path: ../hosts.ini }',
      '  - { type: command, run: ./nodes.sh, path: .. }',
    ];
    appendFileSync(inventory, `\n${sources.join('\n')}\n`);
  });

  it('has the nodes of all sources, and runs no command before a person has allowed it', async () => {
    const { page } = scene();
    await openMuster(page);
    await treeRow(page, 'branch').waitFor();
    await page.getByText('Not run until you allow it: ./nodes.sh').waitFor();
    await runCommand(page, 'Muster: View by Source');
    await treeRow(page, './nodes.sh').filter({ hasText: 'nobody has allowed this command yet' }).waitFor();
    await shoot(page, 'inventory-sources');
    await runCommand(page, 'Muster: Allow What Waits for You…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('./nodes.sh').waitFor();
    await shoot(page, 'inventory-allow');
    await until(
      () => dialog.getByRole('button', { name: 'Allow' }).click({ timeout: 10_000 }),
      () => dialog.waitFor({ state: 'detached', timeout: 10_000 }),
    );
    await treeRow(page, './nodes.sh').filter({ hasText: '0/1' }).waitFor();
    await runCommand(page, 'Muster: View by Group');
    await treeRow(page, 'cloud').waitFor();
  });

  it('keeps ticks from one view to another and over a reload; a group stands for its nodes', async () => {
    const { page } = scene();
    await tick(page, 'branch');
    await page.getByText('2 nodes ticked: ams1 ams2').waitFor();
    await runCommand(page, 'Muster: View as List');
    await treeRow(page, 'ams1').filter({ hasText: 'via group branch' }).waitFor();
    await shoot(page, 'inventory-flat');
    const why = toast(page, 'ams1 is ticked because it is in @branch.').first();
    await until(
      () => chooseFromMenu(treeRow(page, 'ams1'), 'Why Is It Selected?'),
      () => why.waitFor({ timeout: 10_000 }),
    );
    await runCommand(page, 'Notifications: Clear All Notifications');
    await reloadWindow(page);
    await treeRow(page, 'ams2').filter({ hasText: 'via group branch' }).waitFor();
    await runCommand(page, 'Muster: View by Group');
    await treeRow(page, 'branch').filter({ hasText: '2/2' }).waitFor();
  });

  it('is filtered by words and by an expression, and says what the filter hides', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Filter…');
    const filter = quickStep(page, 'Filter Inventory');
    await typeInto(filter, 'ops');
    await page.getByText('Filter ops: 2 of').waitFor();
    await typeInto(filter, '@api !api01');
    await page.getByText('2 of 2 ticked nodes are hidden by it.').waitFor();
    await enter(filter);
    await expand(page, 'site');
    await treeRow(page, 'api').filter({ hasText: '0/3' }).waitFor();
    await shoot(page, 'inventory-filtered');
    await runCommand(page, 'Muster: Clear Filter');
    await page.getByText('Filter @api').waitFor({ state: 'hidden' });
    await treeRow(page, 'branch').waitFor();
  });

  it('ticks by a filtered group only what the filter shows; by a whole tag all that will have it', async () => {
    const { page } = scene();
    await clearSelection(page);
    await filterBy(page, '@api !api01');
    await expand(page, 'site');
    await tick(page, 'api');
    await page.getByText('3 nodes ticked: api[02-04]').waitFor();
    await runCommand(page, 'Muster: Clear Filter');
    await treeRow(page, 'api').filter({ hasText: '3/4' }).waitFor();
    await clearSelection(page);
    await runCommand(page, 'Muster: View by Tag');
    await tick(page, 'canary');
    await page.getByText('3 nodes ticked:').waitFor();
    await expand(page, 'canary');
    await treeRow(page, 'edge01').filter({ hasText: 'via tag canary' }).first().waitFor();
    await shoot(page, 'inventory-by-tag');
  });

  it('keeps selections and filters by name, and ticks them again', async () => {
    const { page } = scene();
    await saveAs(page, 'canaries');
    await clearSelection(page);
    await filterBy(page, 'web[01-02]');
    await saveAs(page, 'two webs');
    await runCommand(page, 'Muster: Clear Filter');
    await runCommand(page, 'Muster: Saved Selections…');
    const list = quickStep(page, /^Saved Selections$/);
    await list
      .locator('.monaco-list-row', { hasText: 'canaries' })
      .filter({ hasText: 'tag:canary' })
      .waitFor();
    await shoot(page, 'inventory-saved');
    await pickRow(list, 'two webs');
    await page.getByText('2 nodes ticked: web01 web02').waitFor();
    await runCommand(page, 'Muster: Saved Selections…');
    const webs = list.locator('.monaco-list-row', { hasText: 'two webs' });
    await until(
      async () => {
        await webs.hover({ timeout: 10_000 });
        await webs.getByRole('button', { name: 'Delete' }).click({ timeout: 10_000 });
      },
      () => webs.waitFor({ state: 'hidden', timeout: 10_000 }),
    );
    await pickRow(list, 'canaries');
    await page.getByText('3 nodes ticked:').waitFor();
    await runCommand(page, 'Muster: View by Group');
  });

  it('asks nodes for an answer, and says which gave none and why', async () => {
    const { page } = scene();
    await clearSelection(page);
    await filterBy(page, 'web0');
    await runCommand(page, 'Muster: View as List');
    await runCommand(page, 'Muster: Check Reachability');
    await treeRow(page, 'web06')
      .filter({ hasText: /unreachable just now: .*refused/ })
      .waitFor();
    await page.getByText('5 of 6 nodes answer, 1 does not.').waitFor();
    await shoot(page, 'inventory-reach');
    await hoverUntil(page, 'web06', /user = .*\(.*inventory\.yaml/);
    await shoot(page, 'inventory-hover');
    await runCommand(page, 'Muster: Clear Filter');
    await runCommand(page, 'Muster: View by Group');
  });

  it('writes a tag into the inventory and keeps its comments', async () => {
    const { page } = scene();
    await clearSelection(page);
    await treeRow(page, 'branch').filter({ hasText: '0/2' }).waitFor();
    await expand(page, 'site');
    await expand(page, 'api');
    await tick(page, 'api03');
    await page.getByText('1 node ticked: api03').waitFor();
    await runCommand(page, 'Muster: Add Tag…');
    await pickRow(quickStep(page, 'New Tag…'), 'New Tag…');
    const name = quickStep(page, 'Name of the tag');
    await typeInto(name, 'quarantine');
    await enter(name);
    await eventually(() => /quarantine/.test(readFileSync(scene().inventory, 'utf8')));
    assert.match(readFileSync(scene().inventory, 'utf8'), /# what other tools know/);
    await runCommand(page, 'Muster: View by Tag');
    await treeRow(page, 'quarantine').filter({ hasText: '1/1' }).waitFor();
    await runCommand(page, 'Muster: View by Group');
  });

  it('writes a node into the group that it is dropped on, and refuses one of another source', async () => {
    const { page } = scene();
    for (const group of ['site', 'edge', 'api']) await expand(page, group);
    await until(
      () => treeRow(page, 'api03').dragTo(treeRow(page, 'edge'), { timeout: 10_000 }),
      () => eventually(() => /edge:.*api03/.test(readFileSync(scene().inventory, 'utf8'))),
    );
    await treeRow(page, 'edge').filter({ hasText: '/3' }).waitFor();
    await filterBy(page, '@edge,@branch');
    await page.getByText('Filter @edge,@branch: 5 of').waitFor();
    await expand(page, 'branch');
    await until(
      () => treeRow(page, 'ams1').dragTo(treeRow(page, 'edge'), { timeout: 10_000 }),
      () => toast(page, 'ams1 can not be changed here').first().waitFor({ timeout: 10_000 }),
    );
    await shoot(page, 'inventory-dropped');
    await runCommand(page, 'Muster: Clear Filter');
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  it('shows a page with everything that is known about a node', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: View as List');
    await filterBy(page, 'ams');
    await page.getByText('Filter ams: 2 of').waitFor();
    await treeRow(page, 'ams1').click();
    await runCommand(page, 'Muster: Open Node Page…');
    await tab(page, 'ams1.txt').waitFor();
    await page.locator('.view-lines').getByText('192.0.2.1').first().waitFor();
    await shoot(page, 'inventory-node-page');
  });

  it('goes on with the other sources when one is broken', async () => {
    const { page } = scene();
    writeFileSync(file('hosts.ini'), '[branch\nams[1:2]\n');
    await runCommand(page, 'Muster: Refresh Inventory');
    await page.getByText('hosts.ini has 1 problem').waitFor();
    await treeRow(page, 'ams1').filter({ hasText: 'does not run' }).waitFor();
    await shoot(page, 'inventory-broken');
    await runCommand(page, 'Muster: Clear Filter');
    await treeRow(page, 'api01').waitFor();
  });
});

async function filterBy(page: Page, text: string): Promise<void> {
  await runCommand(page, 'Muster: Filter…');
  const filter = quickStep(page, 'Filter Inventory');
  await typeInto(filter, text);
  await page.getByText(`Filter ${text}: `).waitFor();
  await enter(filter);
}

/** Clears it, and waits for the tree that shows it: a click on a row that is being drawn is lost. */
async function clearSelection(page: Page): Promise<void> {
  await runCommand(page, 'Muster: Clear Selection');
  await page.getByText('No node ticked.').waitFor();
}

async function saveAs(page: Page, name: string): Promise<void> {
  await runCommand(page, 'Muster: Save Selection…');
  const step = quickStep(page, 'Name of the selection');
  await typeInto(step, name);
  await enter(step);
}

/** A row that is drawn again under a resting mouse loses its hover: moves until there is one. */
async function hoverUntil(page: Page, name: string, text: RegExp): Promise<void> {
  await until(
    async () => {
      await page.mouse.move(640, 300);
      await treeRow(page, name).locator('.label-name').hover();
    },
    () => page.locator('.workbench-hover:visible').getByText(text).waitFor({ timeout: 10_000 }),
  );
}

async function eventually(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (isSo()) return;
    await sleep(100);
  }
  assert.fail('not within 20 s');
}
