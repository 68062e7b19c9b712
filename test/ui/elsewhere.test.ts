import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { webview } from '../harness/page.ts';
import { root } from '../house/repository.ts';
import { nodeRow, openMuster, tab } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const command = 'echo begun on $(hostname); sleep 600';

describe('a batch of the command line in a VS Code window', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 }, async ({ page }) => {
    await openMuster(page);
  });

  it('shows live while it runs, with what its nodes say, and is cancelled from its panel', async () => {
    const { page } = scene();
    const line = spawn(
      process.execPath,
      [join(root, 'dist', 'cli.js'), 'run', command, '--on', 'api[01-04]', '-i', scene().inventory],
      { env: { ...process.env, XDG_DATA_HOME: scene().dataHome }, stdio: 'ignore' },
    );
    const exited = once(line, 'exit');
    const row = page.locator('.pane-body .monaco-list-row[aria-level="2"]', { hasText: 'echo begun on' });
    await row.click();
    await tab(page, '0/4 · echo begun').waitFor();
    await webview(page).getByText('4 running').first().waitFor();
    await nodeRow(page, 'api03').getByText('begun on api03').waitFor();
    await shoot(page, 'elsewhere-running');
    await webview(page).getByRole('button', { name: 'Cancel', exact: true }).click();
    await tab(page, 'cancelled · echo begun').waitFor();
    await webview(page).getByText('stopped on 4').first().waitFor();
    assert.deepEqual(await exited, [130, null]);
    await shoot(page, 'elsewhere-cancelled');
  });
});
