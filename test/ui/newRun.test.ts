import { quickInput, quickRow, runCommand, webview } from '../harness/page.ts';
import { expand, nodeRow, openMuster, tab, tick } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('New Run in a VS Code window', function () {
  this.timeout(120_000);
  const scene = useScene({ nodes: 12 });

  it('begins with what is ticked in the tree', async () => {
    const { page } = scene();
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
    await runCommand(page, 'Muster: New Run');
    await webview(page).getByText('Runs on exactly these 4 nodes').waitFor();
  });

  it('shows the exact nodes as they are chosen, and why it can not run yet', async () => {
    const page = webview(scene().page);
    await page.locator('.target', { hasText: 'edge' }).getByRole('checkbox').check();
    await page.getByText('Runs on exactly these 6 nodes').waitFor();
    await page.getByText('Command: What is to be run?').waitFor();
    await shoot(scene().page, 'new-run-choosing');
  });

  it('keeps the form as a preset, and fills it in again', async () => {
    const { page } = scene();
    const form = webview(page);
    await form.locator('#command').fill('hostname; pwd');
    await form.getByRole('button', { name: 'Save as preset…' }).click();
    await quickRow(page, 'This Workspace').click();
    await quickInput(page).fill('who and where');
    await page.keyboard.press('Enter');
    await quickInput(page).waitFor({ state: 'hidden' });
    await form.locator('header').getByRole('button', { name: 'Clear' }).click();
    await form.getByText('No node selected.').first().waitFor();
    await form.getByRole('button', { name: 'Presets…' }).click();
    await quickRow(page, 'who and where').waitFor();
    await shoot(page, 'new-run-presets');
    await quickRow(page, 'who and where').click();
    await form.getByText('Runs on exactly these 6 nodes').waitFor();
  });

  it('runs what the form says, and gives way to its panel', async () => {
    const { page } = scene();
    await webview(page).getByLabel('Folder').fill('/');
    await webview(page).getByRole('button', { name: 'Run on 6 nodes' }).click();
    await tab(page, '6 ok · hostname; pwd').waitFor();
    await nodeRow(page, 'edge01').locator('.last', { hasText: /^\/$/ }).waitFor();
    await shoot(page, 'new-run-done');
  });
});
