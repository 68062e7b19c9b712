import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { quickInput, runCommand, treeRow, webview } from '../harness/page.ts';
import { tab, ticked, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const command = 'test "$(hostname)" != api03 || { echo down >&2; exit 3; }';

/** Presses a key until something has the focus, so many times at most. */
async function pressUntil(
  page: Page,
  { key, most, isThere }: { key: string; most: number; isThere: () => Promise<boolean> },
): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  assert.ok(await isThere(), `${key} does not lead there`);
}

describe('a VS Code window without a mouse', function () {
  this.timeout(120_000);
  const scene = useScene({ nodes: 12 });

  it('leads from the choice of nodes to the re-run of those that failed', async () => {
    const { page } = scene();
    await page.locator('.activitybar [aria-label^="Muster"]').first().waitFor();
    await runCommand(page, 'View: Show Muster');
    await treeRow(page, 'site').waitFor();
    await runCommand(page, 'Focus on Inventory View');
    const isOn = async (name: string): Promise<boolean> =>
      (await treeRow(page, name).and(page.locator('.focused')).count()) > 0;
    await pressUntil(page, { key: 'ArrowDown', most: 20, isThere: () => isOn('site') });
    if ((await treeRow(page, 'site').getAttribute('aria-expanded')) === 'false')
      await page.keyboard.press('ArrowRight');
    await treeRow(page, 'api').waitFor();
    await pressUntil(page, { key: 'ArrowDown', most: 20, isThere: () => isOn('api') });
    await page.keyboard.press('Space');
    await ticked(page, 'api').waitFor();
    await runCommand(page, 'Muster: Run on Selected Nodes');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('1/2').waitFor();
    await quickInput(page).pressSequentially(command);
    await page.keyboard.press('Enter');
    await widget.getByText('2/2').waitFor();
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.waitFor({ state: 'hidden', timeout: 3000 }),
    );
    await tab(page, '1 failed · test').waitFor();
    await page.keyboard.press('Control+1');
    const again = webview(page).getByRole('button', { name: /^Re-run failed/ });
    const hasFocus = async (): Promise<boolean> =>
      (await again.and(webview(page).locator(':focus')).count()) > 0;
    await pressUntil(page, { key: 'Tab', most: 40, isThere: hasFocus });
    await shoot(page, 'keyboard-re-run');
    await page.keyboard.press('Enter');
    await widget.getByText('Run on 1 node: api03').first().waitFor();
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.waitFor({ state: 'hidden', timeout: 3000 }),
    );
    await webview(page).getByText('0 of 1 ok').first().waitFor();
    await webview(page).getByText('re-run of').waitFor();
  });
});
