import { runCommand } from '../harness/page.ts';
import { expand, openMuster, runOnTicked, tab, tick } from './actions.ts';
import { openScene, shoot, type UiScene } from './scene.ts';

describe('the log in a VS Code window', function () {
  this.timeout(120_000);
  let scene: UiScene;
  before(async () => {
    scene = await openScene({ nodes: 12 });
    await openMuster(scene.page);
    await expand(scene.page, 'site');
    await tick(scene.page, 'api');
    await runOnTicked(scene.page, 'hostname', 'Run on 4 nodes: api[01-04]');
    await tab(scene.page, '4 ok · hostname').waitFor();
  });
  after(() => scene?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await shoot(scene.page, `failed-${this.currentTest.title}`);
  });

  it('tells in the output channel what was started and how it ended', async () => {
    const { page } = scene;
    await runCommand(page, 'Muster: Show Log');
    const channel = page.locator('.part.panel .view-lines');
    await channel.getByText('on 4 nodes, api[01-04]: hostname').first().waitFor();
    await channel.getByText('succeeded after').first().waitFor();
    await shoot(page, 'log-channel');
  });

  it('opens all there is about a batch, from its panel', async () => {
    const { page } = scene;
    await tab(page, '4 ok · hostname').click();
    await runCommand(page, 'Muster: Show Log of Batch');
    await tab(page, /^Batch \w{4}\.log/).waitFor();
    await page.locator('.part.editor .view-lines').getByText('[debug] api01: started').first().waitFor();
    await shoot(page, 'log-of-batch');
  });

  it('shows what the engine has counted', async () => {
    const { page } = scene;
    await runCommand(page, 'Muster: Show Figures of the Engine');
    await page.locator('.part.editor .view-lines').getByText('4: 4 ok').first().waitFor();
    await shoot(page, 'log-figures');
  });
});
