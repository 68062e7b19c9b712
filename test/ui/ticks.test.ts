import { runCommand, treeRow } from '../harness/page.ts';
import { expand, openMuster, ticked } from './actions.ts';
import { useScene } from './scene.ts';

const names = ['web01', 'web02', 'web03', 'web04', 'web05', 'web06'];

describe('boxes that are ticked one after the other', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 });
  // A second try begins in a window that was loaded again, with what the first one ticked.
  beforeEach(async () => {
    const { page } = scene();
    await openMuster(page);
    await runCommand(page, 'Muster: Clear Selection');
    await expand(page, 'site');
    await expand(page, 'web');
    await treeRow(page, 'web').filter({ hasText: '0/' }).waitFor();
  });

  for (const pauseMs of [0, 100, 250, 400]) {
    it(`are all ticked, with ${pauseMs} ms between two clicks`, async () => {
      const { page } = scene();
      for (const name of names) {
        await treeRow(page, name).getByRole('checkbox').click();
        await page.waitForTimeout(pauseMs);
      }
      await page.getByText(`${names.length} nodes ticked: web[01-06]`).waitFor();
      for (const name of names) await ticked(page, name).waitFor();
      await treeRow(page, 'web').filter({ hasText: '6/' }).waitFor();
    });
  }

  it('are ticked for the group when all of it is', async () => {
    const { page } = scene();
    await treeRow(page, 'web').getByRole('checkbox').click();
    for (const name of [...names, 'web']) await ticked(page, name).waitFor();
    await treeRow(page, 'web01').getByRole('checkbox').click();
    await treeRow(page, 'web').getByRole('checkbox').and(page.locator('[aria-checked="false"]')).waitFor();
    await ticked(page, 'web02').waitFor();
  });
});
