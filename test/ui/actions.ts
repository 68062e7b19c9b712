import type { Locator, Page } from 'playwright-core';
import {
  enter,
  quickInput,
  quickRow,
  quickStep,
  runCommand,
  treeRow,
  typeInto,
  until,
  webview,
} from '../harness/page.ts';

export { until };

/** Opens the side bar of Muster and waits for the inventory. Showing it twice does not hide it, as a second click does. */
export async function openMuster(page: Page): Promise<void> {
  await page
    .locator('.activitybar .action-item', { has: page.locator('[aria-label^="Muster"]') })
    .first()
    .waitFor();
  await until(
    async () => {
      if (!(await treeRow(page, 'site').isVisible())) await runCommand(page, 'View: Show Muster');
    },
    () => treeRow(page, 'site').waitFor(),
  );
}

/** Opens a view of the side bar that is closed. */
export async function openPane(page: Page, title: string): Promise<void> {
  const header = page.locator('.pane-header', { hasText: title });
  await header.waitFor();
  await until(
    async () => {
      if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click({ timeout: 10_000 });
    },
    () => header.and(page.locator('[aria-expanded="true"]')).waitFor({ timeout: 10_000 }),
  );
}

/** Opens a row of the tree that is closed. */
export async function expand(page: Page, name: string): Promise<void> {
  const row = treeRow(page, name);
  await row.waitFor();
  await until(
    async () => {
      if ((await row.getAttribute('aria-expanded')) === 'false')
        await row.locator('.monaco-tl-twistie').click({ timeout: 10_000 });
    },
    () => row.and(page.locator('[aria-expanded="true"]')).waitFor({ timeout: 10_000 }),
  );
}

/** Ticks a row that is not ticked. */
export async function tick(page: Page, name: string): Promise<void> {
  const box = treeRow(page, name).getByRole('checkbox');
  await box.waitFor();
  await until(
    async () => {
      if ((await box.getAttribute('aria-checked')) !== 'true') await box.click({ timeout: 10_000 });
    },
    () => ticked(page, name).waitFor({ timeout: 10_000 }),
  );
}

/** The box of a row, while it is ticked. */
export function ticked(page: Page, name: string): Locator {
  return treeRow(page, name).getByRole('checkbox').and(page.locator('[aria-checked="true"]'));
}

/** The step of the quick input that shows what would run where. */
export function preview(page: Page, title: string): Locator {
  return quickStep(page, 'Enter runs; untick to leave out').filter({ hasText: title });
}

/** Runs a command on what is ticked, through the palette and the preview. */
export async function runOnTicked(page: Page, command: string, expected: string): Promise<void> {
  await previewOnTicked(page, command);
  await enter(preview(page, expected));
}

/** Chooses a command for what is ticked, up to the preview. */
export async function previewOnTicked(page: Page, command: string): Promise<void> {
  await runCommand(page, 'Muster: Run on Selected Nodes');
  const step = quickStep(page, 'Command to run on each node');
  await typeInto(step, command);
  await quickRow(page, command).waitFor();
  await enter(step);
}

/** The tab of a run panel, by how its batch ended or how far it is; a test that is tried again may have left one. */
export function tab(page: Page, title: string | RegExp): Locator {
  return page.locator('.tabs-container .tab', { hasText: title }).first();
}

/** Opens a file of the workspace, at `:line:column` where that is said. */
export async function openFile(page: Page, place: string): Promise<void> {
  const [file = ''] = place.split(':');
  await until(
    async () => {
      await page.keyboard.press('Control+P');
      await quickInput(page).fill(place, { timeout: 10_000 });
      const row = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: file });
      await row.waitFor({ timeout: 10_000 });
      await quickInput(page).press('Enter', { timeout: 10_000 });
    },
    () => page.locator('.tab.active', { hasText: file }).waitFor({ timeout: 10_000 }),
  );
}

/** Closes a tab with the middle button: a key that comes twice would close another one, too. */
export async function closeTab(page: Page, title: string | RegExp): Promise<void> {
  const shown = tab(page, title);
  await until(
    () => shown.click({ button: 'middle', timeout: 10_000 }),
    () => shown.waitFor({ state: 'detached', timeout: 10_000 }),
  );
}

/** Rows of the nodes in the run panel in front. */
export function nodeRows(page: Page): Locator {
  return webview(page).locator('muster-node-list .row[data-id]');
}

export function nodeRow(page: Page, name: string): Locator {
  return nodeRows(page).filter({ hasText: name });
}
