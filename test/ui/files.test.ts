import { chooseFromMenu, enter, quickStep, runCommand, typeInto, webview } from '../harness/page.ts';
import { expand, openMuster, preview, tab, tick, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('files in a VS Code window', function () {
  this.timeout(240_000);
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
    const where = quickStep(page, '/etc/app/');
    await until(
      async () => {
        await runCommand(page, 'View: Show Explorer');
        const folder = page.locator('.explorer-folders-view .monaco-list-row', { hasText: '.muster' });
        await chooseFromMenu(folder.first(), 'Copy Files to Selected');
      },
      () => where.waitFor({ timeout: 20_000 }),
    );
    await typeInto(where, 'copied/');
    await enter(where);
    await preview(page, 'Run on 4 nodes').getByText('copy .muster to copied/').waitFor();
    await shoot(page, 'files-preview');
    await enter(preview(page, 'Run on 4 nodes'));
    await tab(page, '4 ok · copy').waitFor();
    await webview(page).getByText('4 of 4 ok').first().waitFor();
    await shoot(page, 'files-copied');
  });
});
