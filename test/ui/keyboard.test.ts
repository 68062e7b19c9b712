import type { Locator, Page } from 'playwright-core';
import { enter, runCommand, treeRow, webview } from '../harness/page.ts';
import { preview, runOnTicked, tab, ticked, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const command = 'test "$(hostname)" != api03 || { echo down >&2; exit 3; }';

/** Milliseconds in which a key has shown what it does, on a slow machine too; where it has not, it is pressed once more. */
const shownWithin = 500;

/** Presses a key until something has the focus, so many times at most. */
async function pressUntil(
  page: Page,
  { key, most, there }: { key: string; most: number; there: Locator },
): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    const isThere = await there.waitFor({ state: 'attached', timeout: shownWithin }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await page.keyboard.press(key);
  }
  await there.waitFor({ state: 'attached' });
}

describe('a VS Code window without a mouse', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 });

  it('leads from the choice of nodes to the re-run of those that failed', async () => {
    const { page } = scene();
    await page.locator('.activitybar [aria-label^="Muster"]').first().waitFor();
    await runCommand(page, 'View: Show Muster');
    await treeRow(page, 'site').waitFor();
    await runCommand(page, 'Focus on Inventory View');
    const focused = (name: string): Locator => treeRow(page, name).and(page.locator('.focused'));
    await pressUntil(page, { key: 'ArrowDown', most: 20, there: focused('site') });
    if ((await treeRow(page, 'site').getAttribute('aria-expanded')) === 'false')
      await page.keyboard.press('ArrowRight');
    await treeRow(page, 'api').waitFor();
    await pressUntil(page, { key: 'ArrowDown', most: 20, there: focused('api') });
    if ((await ticked(page, 'api').count()) === 0) await page.keyboard.press('Space');
    await ticked(page, 'api').waitFor();
    await runOnTicked(page, command, 'Run on 4 nodes: api[01-04]');
    await tab(page, '1 failed · test').waitFor();
    const again = webview(page).getByRole('button', { name: /^Re-run failed/ });
    await again.waitFor();
    await page.keyboard.press('Control+1');
    await pressUntil(page, { key: 'Tab', most: 40, there: again.and(webview(page).locator(':focus')) });
    await shoot(page, 'keyboard-re-run');
    const ofFailed = preview(page, 'Run on 1 node: api03');
    await until(
      () => page.keyboard.press('Enter'),
      () => ofFailed.waitFor({ timeout: 20_000 }),
    );
    await enter(ofFailed);
    await webview(page).getByText('0 of 1 ok').first().waitFor();
    await webview(page).getByText('re-run of').waitFor();
  });
});
