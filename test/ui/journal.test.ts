import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  chooseFromMenu,
  enter,
  pickRow,
  quickRow,
  quickStep,
  runCommand,
  toast,
  treeRow,
  typeInto,
} from '../harness/page.ts';
import { expand, openMuster, runOnTicked, tab, tick, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('what is remembered of nodes, in a VS Code window', function () {
  this.timeout(240_000);
  // Each step goes on where the one before ended.
  this.bail(true);
  const scene = useScene({ nodes: 12 });

  async function chooseOnNode(page: Page, item: string): Promise<void> {
    await chooseFromMenu(treeRow(page, 'web01'), item);
  }

  it('has the runs and the notes of a node in its journal', async () => {
    const { page } = scene();
    await openMuster(page);
    await expand(page, 'site');
    await expand(page, 'web');
    await tick(page, 'web01');
    await runOnTicked(page, 'echo remembered', 'web01');
    await tab(page, '1 ok · echo remembered').waitFor();
    const note = quickStep(page, 'Note About 1 Node');
    await until(
      () => chooseOnNode(page, 'Add Note…'),
      () => note.waitFor({ timeout: 10_000 }),
    );
    await typeInto(note, 'RAM replaced, ticket $(zap) OPS-4711');
    await enter(note);
    await until(
      () => chooseOnNode(page, 'Show Journal…'),
      () => treeRow(page, 'RAM replaced, ticket $(zap) OPS-4711').waitFor({ timeout: 20_000 }),
    );
    await treeRow(page, 'echo remembered').filter({ hasText: 'ok' }).waitFor();
    await shoot(page, 'journal');
  });

  it('writes the results of a batch where a person says', async () => {
    const { page } = scene();
    await treeRow(page, 'echo remembered').last().click();
    const format = quickStep(page, 'Export Results As');
    await until(
      () => runCommand(page, 'Muster: Export Results…'),
      () => format.waitFor({ timeout: 10_000 }),
    );
    await quickRow(page, 'HTML report').waitFor();
    await shoot(page, 'export-formats');
    await pickRow(format, 'CSV');
    const file = join(scene().workspace, 'results.csv');
    const where = quickStep(page, /^Export Results$/);
    await typeInto(where, file);
    await enter(where);
    await toast(page, 'results.csv').first().waitFor();
    await shoot(page, 'export-done');
    assert.match(readFileSync(file, 'utf8'), /"web01","ok",0/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});
