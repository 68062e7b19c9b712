// npm run screenshots: the pictures of the README, taken of the real thing on the demo fleet.
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openWindow, quickInput, runCommand, treeRow, webview } from '../test/harness/page.ts';
import { setScene } from './staging/scene.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs', 'images');

/** Long enough to be seen, and different enough to be worth seeing. */
const command = 'uname -r; systemctl is-active nginx';

const looks = [
  { name: 'dark', theme: 'Default Dark Modern', width: 1280, height: 800 },
  { name: 'light', theme: 'Default Light Modern', width: 1280, height: 800 },
  { name: 'hc', theme: 'Default High Contrast', width: 1280, height: 800 },
  { name: 'narrow', theme: 'Default Dark Modern', width: 760, height: 800 },
] as const;

execFileSync(process.execPath, [join(root, 'scripts', 'package.ts')], { cwd: root, stdio: 'ignore' });
await mkdir(images, { recursive: true });
for (const look of looks) await photograph(look);
process.exit();

/** One window in one look: a batch while it runs, and when it has ended. */
async function photograph(look: (typeof looks)[number]): Promise<void> {
  const settings = { 'workbench.colorTheme': look.theme };
  const scene = await setScene({ nodes: 24, settings, vsix: join(root, '.build', 'muster.vsix') });
  const window = await openWindow(scene.workbench, { folder: scene.workspace, ...look });
  try {
    const { page } = window;
    const shoot = async (what: string): Promise<void> => {
      await page.screenshot({ path: join(images, `${what}-${look.name}.png`) });
      console.log(`docs/images/${what}-${look.name}.png`);
    };
    await page.locator('.activitybar .action-label[aria-label^="Muster"]').click();
    await treeRow(page, 'site').getByRole('checkbox').click();
    await treeRow(page, 'site').filter({ hasText: '24/24' }).waitFor();
    await treeRow(page, 'site').locator('.monaco-tl-twistie').click();
    await treeRow(page, 'edge').waitFor();
    await runOnTicked(page);
    await webview(page).getByText('running').first().waitFor();
    await webview(page).locator('.row[data-id]', { hasText: 'Ok' }).first().waitFor();
    await shoot('run-live');
    await webview(page).getByText('Partial: 22 of 24 ok').first().waitFor();
    await shoot('run-finished');
  } finally {
    await window.close();
    await scene.close();
  }
}

async function runOnTicked(page: Page): Promise<void> {
  await runCommand(page, 'Muster: Run on Selected Nodes');
  await page.locator('.quick-input-widget:visible').getByText('1/2').waitFor();
  await quickInput(page).fill(command);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget:visible').getByText('2/2').waitFor();
  await page.keyboard.press('Enter');
}
