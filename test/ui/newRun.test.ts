import type { FrameLocator } from 'playwright-core';
import { enter, pickRow, quickRow, quickStep, runCommand, typeInto, webview } from '../harness/page.ts';
import { expand, nodeRow, openMuster, tab, tick, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('New Run in a VS Code window', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 });

  /** The page of New Run; it is opened where a try that failed has closed it. */
  async function openForm(): Promise<FrameLocator> {
    await runCommand(scene().page, 'Muster: New Run');
    const form = webview(scene().page);
    await form.locator('.target', { hasText: 'api' }).waitFor();
    return form;
  }

  it('begins with what is ticked in the tree', async () => {
    const { page } = scene();
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
    const form = await openForm();
    await form.getByText('Runs on exactly these 4 nodes').waitFor();
  });

  it('shows the exact nodes as they are chosen, and why it can not run yet', async () => {
    const form = await openForm();
    await form.locator('.target', { hasText: 'edge' }).getByRole('checkbox').check();
    await form.getByText('Runs on exactly these 6 nodes').waitFor();
    await form.getByText('Command: What is to be run?').waitFor();
    await shoot(scene().page, 'new-run-choosing');
  });

  it('keeps the form as a preset, and fills it in again', async () => {
    const { page } = scene();
    const form = await openForm();
    await form.locator('#selection').fill('@api, @edge');
    await form.locator('#command').fill('hostname; pwd');
    const where = quickStep(page, 'Where is it kept?');
    await until(
      () => form.getByRole('button', { name: 'Save as preset…' }).click(),
      () => where.waitFor({ timeout: 20_000 }),
    );
    await pickRow(where, 'This Workspace');
    const name = quickStep(page, 'A name. Secrets are not kept').or(quickStep(page, 'will be replaced'));
    await typeInto(name, 'who and where');
    await enter(name);
    await form.locator('header').getByRole('button', { name: 'Clear' }).click();
    await form.getByText('No node selected.').waitFor();
    const presets = quickStep(page, 'Fill in the form from a preset');
    await until(
      () => form.getByRole('button', { name: 'Presets…' }).click(),
      () => presets.waitFor({ timeout: 20_000 }),
    );
    await quickRow(page, 'who and where').waitFor();
    await shoot(page, 'new-run-presets');
    await pickRow(presets, 'who and where');
    await form.getByText('Runs on exactly these 6 nodes').waitFor();
  });

  it('runs what the form says, and gives way to its panel', async () => {
    const { page } = scene();
    const form = await openForm();
    await form.locator('#selection').fill('@api, @edge');
    await form.locator('#command').fill('hostname; pwd');
    await form.getByLabel('Folder').fill('/');
    await form.getByRole('button', { name: 'Run on 6 nodes' }).click();
    await tab(page, '6 ok · hostname; pwd').waitFor();
    await nodeRow(page, 'edge01').locator('.last', { hasText: /^\/$/ }).waitFor();
    await shoot(page, 'new-run-done');
  });
});
