import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pickRow, quickStep, runCommand, toast, treeRow } from '../harness/page.ts';
import { openMuster, openPane } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const playbook = 'name: Greet\ntargets: all\nsteps:\n  - run: uptime\n';

describe('a window in Restricted Mode', function () {
  this.timeout(240_000);
  const settings = { 'security.workspace.trust.startupPrompt': 'never' };
  const scene = useScene({ nodes: 6, trust: 'ask', settings }, async ({ workspace }) => {
    await writeFile(join(workspace, 'greet.playbook.yaml'), playbook);
  });

  it('shows the inventory and says that nothing runs', async () => {
    const { page } = scene();
    await openMuster(page);
    await page.getByText('Restricted Mode: read and edit only.').waitFor();
    await shoot(page, 'restricted');
  });

  it('refuses to run and leads to the trust of the workspace', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Run on Selected Nodes');
    const refusal = toast(page, 'Restricted Mode: nothing connects and nothing runs');
    await refusal.waitFor();
    await refusal.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await shoot(page, 'restricted-refused');
    const history = join(scene().dataHome, 'muster', 'batches');
    assert.deepEqual(existsSync(history) ? readdirSync(history) : [], []);
  });

  it('lists playbooks, and runs none', async () => {
    const { page } = scene();
    await openPane(page, 'Playbooks and Tasks');
    await treeRow(page, 'Greet').waitFor();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await page.locator('.notification-toast').first().waitFor({ state: 'detached' });
    await runCommand(page, 'Muster: Run Playbook or Task');
    await pickRow(quickStep(page, /^Run Playbook$/), 'Greet');
    await toast(page, 'Restricted Mode: nothing connects and nothing runs').waitFor();
    await shoot(page, 'restricted-playbooks');
  });
});
