import type { Locator, Page } from 'playwright-core';
import { quickInput, quickRow, runCommand, treeRow, webview } from '../harness/page.ts';

/** Opens the side bar of Muster and waits for the inventory. */
export async function openMuster(page: Page): Promise<void> {
  const icon = page.locator('.activitybar .action-item', { has: page.locator('[aria-label^="Muster"]') });
  await icon.first().waitFor();
  if ((await icon.first().getAttribute('class'))?.includes('checked') !== true) await icon.first().click();
  await treeRow(page, 'site').waitFor();
}

/** Opens a row of the tree that is closed. */
export async function expand(page: Page, name: string): Promise<void> {
  const row = treeRow(page, name);
  await row.waitFor();
  if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
  await row.and(page.locator('[aria-expanded="true"]')).waitFor();
}

/** Ticks a row. */
export async function tick(page: Page, name: string): Promise<void> {
  await treeRow(page, name).getByRole('checkbox').click();
  await ticked(page, name).waitFor();
}

/** The box of a row, while it is ticked. */
export function ticked(page: Page, name: string): Locator {
  return treeRow(page, name).getByRole('checkbox').and(page.locator('[aria-checked="true"]'));
}

/** Does something again until it shows, three times at most. */
export async function until(act: () => Promise<void>, shown: () => Promise<void>): Promise<void> {
  for (let tries = 1; tries < 3; tries++) {
    await act();
    const isShown = await shown().then(
      () => true,
      () => false,
    );
    if (isShown) return;
  }
  await act();
  await shown();
}

/** Runs a command on what is ticked, through the palette and the preview. */
export async function runOnTicked(page: Page, command: string, expected: string): Promise<void> {
  await runCommand(page, 'Muster: Run on Selected Nodes');
  const widget = page.locator('.quick-input-widget:visible');
  await widget.getByText('1/2').waitFor();
  await quickInput(page).fill(command);
  await quickRow(page, command).waitFor();
  await page.keyboard.press('Enter');
  await widget.getByText(expected).first().waitFor();
  await widget.getByText('2/2').waitFor();
  // Enter is lost while the steps of the widget change places.
  await until(
    () => page.keyboard.press('Enter'),
    () => widget.waitFor({ state: 'hidden', timeout: 3000 }),
  );
}

/** The tab of a run panel, by how its batch ended or how far it is. */
export function tab(page: Page, title: string | RegExp): Locator {
  return page.locator('.tabs-container .tab', { hasText: title });
}

/** Rows of the nodes in the run panel in front. */
export function nodeRows(page: Page): Locator {
  return webview(page).locator('muster-node-list .row[data-id]');
}

export function nodeRow(page: Page, name: string): Locator {
  return nodeRows(page).filter({ hasText: name });
}
