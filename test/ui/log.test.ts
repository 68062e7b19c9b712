import { runCommand } from '../harness/page.ts';
import { expand, openMuster, runOnTicked, tab, tick } from './actions.ts';
import { shoot, useScene } from './scene.ts';

describe('the log in a VS Code window', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 }, async ({ page }) => {
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
    await runOnTicked(page, 'hostname', 'Run on 4 nodes: api[01-04]');
    await tab(page, '4 ok · hostname').waitFor();
  });

  it('tells in the output channel what was started and how it ended', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Show Log');
    const channel = page.locator('.part.panel .view-lines');
    await channel.getByText('on 4 nodes, api[01-04]: hostname').first().waitFor();
    await channel.getByText('succeeded after').first().waitFor();
    await shoot(page, 'log-channel');
  });

  it('opens all there is about a batch, from its panel', async () => {
    const { page } = scene();
    await tab(page, '4 ok · hostname').click();
    await runCommand(page, 'Muster: Show Log of Batch');
    await tab(page, /^Batch \w{4}\.log/).waitFor();
    await page.locator('.part.editor .view-lines').getByText('[debug] api01: started').first().waitFor();
    await shoot(page, 'log-of-batch');
  });

  it('shows what the engine has counted', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Show Figures of the Engine');
    await page.locator('.part.editor .view-lines').getByText('4: 4 ok').first().waitFor();
    await shoot(page, 'log-figures');
  });
});
