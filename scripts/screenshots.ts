// npm run screenshots [LOOK…] [PART…]: the pictures of the docs, taken of the real thing on the demo fleet.
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { openWindow, quickInput, runCommand, treeRow, until, webview } from '../test/harness/page.ts';
import { photographEditor } from './staging/language.ts';
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

const parts = ['runs', 'editor'];

/** Whether this one of all is asked for on the command line, or none of them is. */
function wants(one: string, all: readonly string[]): boolean {
  const wanted = process.argv.slice(2).filter((each) => all.includes(each));
  return wanted.length === 0 || wanted.includes(one);
}

/** Runs in the browser, of which the scripts have no types. */
const toWebp = `async (png) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.9).split(',')[1];
}`;

execFileSync(process.execPath, [join(root, 'scripts', 'package.ts')], { cwd: root, stdio: 'ignore' });
await mkdir(images, { recursive: true });
for (const look of looks.filter(({ name }) =>
  wants(
    name,
    looks.map((each) => each.name),
  ),
))
  await photograph(look);
process.exit();

/** One window in one look. */
async function photograph(look: (typeof looks)[number]): Promise<void> {
  const settings = { 'workbench.colorTheme': look.theme };
  const scene = await setScene({ nodes: 24, settings, vsix: join(root, '.build', 'muster.vsix') });
  const window = await openWindow(scene.workbench, { folder: scene.workspace, ...look });
  try {
    const { page } = window;
    const shoot = async (what: string): Promise<void> => {
      const name = `${what}-${look.name}.webp`;
      await writeFile(join(images, name), await webpOf(await page.screenshot(), window.browser));
      console.log(`docs/images/${name}`);
    };
    await page.locator('.activitybar .action-label[aria-label^="Muster"]').click();
    if (wants('runs', parts)) await photographRuns(page, shoot);
    if (wants('editor', parts)) await photographEditor(page, scene.workspace, shoot);
  } finally {
    await window.close();
    await scene.close();
  }
}

/** A batch while it runs and when it has ended, the inventory and the history. */
async function photographRuns(page: Page, shoot: (what: string) => Promise<void>): Promise<void> {
  await treeRow(page, 'site').getByRole('checkbox').click();
  await treeRow(page, 'site').filter({ hasText: '24/24' }).waitFor();
  await treeRow(page, 'site').locator('.monaco-tl-twistie').click();
  await treeRow(page, 'edge').waitFor();
  await photographInventory(page, shoot);
  await runOnTicked(page, command);
  await webview(page).getByText('running').first().waitFor();
  await webview(page).locator('.row[data-id]', { hasText: 'Ok' }).first().waitFor();
  await shoot('run-live');
  await webview(page).getByText('Partial: 22 of 24 ok').first().waitFor();
  await shoot('run-finished');
  await photographHistory(page, shoot);
}

/** The same picture in fewer bytes: the packed extension carries one. */
async function webpOf(png: Buffer, browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const base64 = await page.evaluate<string>(`(${toWebp})('${png.toString('base64')}')`);
  await page.close();
  return Buffer.from(base64, 'base64');
}

/** The inventory with a group ticked as such, a filter, and a node that does not answer; then as it was. */
async function photographInventory(page: Page, shoot: (what: string) => Promise<void>): Promise<void> {
  await clearSelection(page);
  await treeRow(page, 'edge').getByRole('checkbox').click();
  await treeRow(page, 'edge').filter({ hasText: '4/4' }).waitFor();
  await expand(page, 'edge');
  await treeRow(page, 'edge01').filter({ hasText: 'via group edge' }).waitFor();
  await runCommand(page, 'Muster: Filter…');
  await quickInput(page).fill('@edge,web[09-12]');
  await page.getByText('Filter @edge,web[09-12]: 8 of').waitFor();
  await page.keyboard.press('Enter');
  await expand(page, 'web');
  await clearSelection(page);
  await runCommand(page, 'Muster: Check Reachability');
  await treeRow(page, 'web12').filter({ hasText: 'unreachable' }).waitFor();
  await treeRow(page, 'edge').getByRole('checkbox').click();
  await treeRow(page, 'edge01').filter({ hasText: 'via group edge' }).waitFor();
  await treeRow(page, 'web11').click();
  await runCommand(page, 'Muster: Open Node Page…');
  await page.locator('.view-lines').getByText('Connection').first().waitFor();
  await shoot('inventory');
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'Muster: Clear Filter');
  await treeRow(page, 'site').filter({ hasText: '4/24' }).waitFor();
  await treeRow(page, 'site').getByRole('checkbox').click();
  await treeRow(page, 'site').filter({ hasText: '24/24' }).waitFor();
}

/** Opens a row, and waits until it is. */
async function expand(page: Page, name: string): Promise<void> {
  const open = treeRow(page, name).and(page.locator('[aria-expanded="true"]'));
  await until(
    async () => {
      if (!(await open.isVisible())) await treeRow(page, name).locator('.monaco-tl-twistie').click();
    },
    () => open.waitFor({ timeout: 10_000 }),
  );
}

/** Clears it, and waits for the rows that show it: a click on a row that is being drawn is lost. */
async function clearSelection(page: Page): Promise<void> {
  await runCommand(page, 'Muster: Clear Selection');
  await treeRow(page, 'edge').filter({ hasText: '0/4' }).waitFor();
}

/** The history with more in it than one batch: what failed run again, one batch open, another one filtered out. */
async function photographHistory(page: Page, shoot: (what: string) => Promise<void>): Promise<void> {
  for (const other of ['uptime -p', 'df -h / | tail -1']) {
    await runOnTicked(page, other);
    await batchRow(page, other.slice(0, 8)).filter({ hasText: '24' }).waitFor();
    await webview(page).getByText('24 of 24 ok').or(webview(page).getByText('of 24 ok, ')).first().waitFor();
  }
  await batchRow(page, 'uname').click();
  await webview(page).getByText('Partial: 22 of 24 ok').first().waitFor();
  await webview(page).locator('muster-run-header').getByRole('button', { name: 'Re-run failed' }).click();
  await page.locator('.quick-input-widget:visible').getByText('Run on 2 nodes').waitFor();
  await page.keyboard.press('Enter');
  await webview(page).getByText('re-run of').first().waitFor();
  await webview(page).getByText('of 2 ok').first().waitFor();
  await treeRow(page, 'site').locator('.monaco-tl-twistie').click();
  await batchRow(page, 'uname').last().locator('.monaco-tl-twistie').click();
  await page.locator('.pane-body .monaco-list-row[aria-level="3"]', { hasText: '#' }).first().waitFor();
  await page.mouse.move(700, 780);
  await shoot('history');
}

/** Rows of batches in the history, the newest first. */
function batchRow(page: Page, title: string): Locator {
  return page.locator('.pane-body .monaco-list-row[aria-level="2"]', { hasText: title });
}

async function runOnTicked(page: Page, what: string): Promise<void> {
  await runCommand(page, 'Muster: Run on Selected Nodes');
  await page.locator('.quick-input-widget:visible').getByText('1/2').waitFor();
  await quickInput(page).fill(what);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget:visible').getByText('2/2').waitFor();
  await page.keyboard.press('Enter');
}
