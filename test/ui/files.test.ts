import { quickInput, runCommand, webview } from '../harness/page.ts';
import { expand, openMuster, tab, tick, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('files in a VS Code window', function () {
  this.timeout(120_000);
  const scene = useScene({ nodes: 12 });

  it('copies a file from the explorer to the ticked nodes, through the preview', async () => {
    const { page } = scene();
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
    await runCommand(page, 'View: Show Explorer');
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: '.muster' })
      .first()
      .click({ button: 'right' });
    const widget = page.locator('.quick-input-widget:visible');
    // A menu does not take a click in its first moment.
    await until(
      () =>
        page.getByRole('menuitem', { name: 'Copy Files to Selected' }).click({ delay: 300, timeout: 5000 }),
      () => widget.getByText('Where to on the nodes').waitFor({ timeout: 5000 }),
    );
    await quickInput(page).fill('copied/');
    await page.keyboard.press('Enter');
    await widget.getByText('copy .muster to copied/').waitFor();
    await shoot(page, 'files-preview');
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.waitFor({ state: 'hidden', timeout: 3000 }),
    );
    await tab(page, '4 ok · copy').waitFor();
    await webview(page).getByText('4 of 4 ok').first().waitFor();
    await shoot(page, 'files-copied');
  });
});
