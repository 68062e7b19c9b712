import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quickInput, runCommand, webview } from '../harness/page.ts';
import { openMuster, nodeRow, tab, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const playbook = `name: Greet
params:
  word: { type: string, required: true, pattern: '^[a-z]+$', description: What to say }
targets: 'api[01-04]'
steps:
  - id: first
    run: echo {{ params.word }}
  - id: second
    needs: [first]
    run: echo from {{ node.name }}
`;

describe('a playbook in a VS Code window', function () {
  this.timeout(120_000);
  const scene = useScene({ nodes: 12 }, async ({ workspace }) => {
    await writeFile(join(workspace, 'greet.playbook.yaml'), playbook);
  });

  it('asks for its parameters, shows where it runs, and runs its steps', async () => {
    const { page } = scene();
    await openMuster(page);
    await runCommand(page, 'Muster: Run Playbook or Task');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('greet.playbook.yaml').first().waitFor();
    await page.keyboard.press('Enter');
    await widget.getByText('What to say').waitFor();
    await quickInput(page).fill('Hello');
    await page.keyboard.press('Enter');
    await widget.getByText('It has to match').first().waitFor();
    await quickInput(page).fill('hello');
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.getByText('Run on 4 nodes').first().waitFor({ timeout: 3000 }),
    );
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.waitFor({ state: 'hidden', timeout: 3000 }),
    );
    await tab(page, '4 ok').waitFor();
    await nodeRow(page, 'api03').click();
    await webview(page).locator('muster-node-detail').getByText('from api03').waitFor();
    await webview(page).locator('muster-node-detail').getByText('hello').waitFor();
    await shoot(page, 'playbook-done');
  });
});
