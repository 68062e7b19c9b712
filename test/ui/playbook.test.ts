import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quickInput, runCommand, treeRow, webview } from '../harness/page.ts';
import { openMuster, tab, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const greet = `name: Greet
description: Says a word on each node.
params:
  word: { type: string, required: true, pattern: '^[a-z]+$', description: What to say }
  count: { type: integer, min: 1, default: 2 }
  token: { sensitive: true, required: true, description: Token }
targets: 'api[01-04]'
steps:
  - id: first
    run: echo {{ params.word }}
  - id: second
    needs: [first]
    run: echo from {{ node.name }}
`;

describe('a playbook in a VS Code window', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 });
  before(async () => {
    const folder = join(scene().workspace, 'playbooks');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'greet.playbook.yaml'), greet);
    await writeFile(join(folder, 'broken.playbook.yaml'), 'name: Broken\nstpes: []\n');
    await writeFile(join(folder, 'uptime.task.yaml'), 'name: Uptime\nsteps:\n  - run: uptime\n');
  });

  it('is in the tree with its name, and says where it has problems', async () => {
    const { page } = scene();
    await openMuster(page);
    await page.locator('.pane-header', { hasText: 'Playbooks and Tasks' }).click();
    await treeRow(page, 'Greet').waitFor();
    await treeRow(page, 'Uptime').waitFor();
    await treeRow(page, 'Broken').getByText('problem').waitFor();
    await shoot(page, 'playbook-tree');
  });

  it('asks for what it wants in a form, and shows its plan', async () => {
    const { page } = scene();
    await treeRow(page, 'Greet').hover();
    await treeRow(page, 'Greet').getByRole('button', { name: 'Run Playbook or Task' }).click();
    const form = webview(page);
    await form.getByText('word: It has to be given.').waitFor();
    await form.locator('[id="param:word"]').fill('Hello');
    await form.locator('[id="param:count"]').focus();
    await form.getByText('It has to match').first().waitFor();
    await form.locator('[id="param:word"]').fill('hello');
    await form.locator('[id="param:token"]').fill('do-not-keep');
    await form.getByText('Runs on exactly these 4 nodes').waitFor();
    await shoot(page, 'playbook-form');
    await form.getByRole('button', { name: 'Preview plan' }).click();
    await page.locator('.view-lines', { hasText: 'echo hello' }).waitFor();
    assert.equal(await page.locator('.view-lines', { hasText: 'do-not-keep' }).count(), 0);
    await shoot(page, 'playbook-plan');
    await page.keyboard.press('Control+F4');
  });

  it('runs its steps with what was given', async () => {
    const { page } = scene();
    await tab(page, 'New Run').click();
    const form = webview(page);
    // The page was thrown away behind the plan: what is secret comes back from the host.
    await form.getByRole('button', { name: 'Run on 4 nodes' }).click();
    await tab(page, '4 ok').waitFor();
    const panel = webview(page);
    await panel.locator('muster-matrix .name', { hasText: 'api[01-04]' }).click();
    await panel.locator('muster-matrix .name', { hasText: 'api03' }).click();
    await panel.locator('muster-node-detail').getByText('from api03').waitFor();
    await panel.locator('muster-node-detail').getByText('hello').waitFor();
    await panel.getByLabel('Compare answers of').selectOption('second');
    await panel.locator('muster-answers .line', { hasText: 'hello' }).waitFor({ state: 'detached' });
    await panel.locator('muster-answers .own', { hasText: 'node' }).waitFor();
    await panel.getByText('word=hello count=2 token (secret)').waitFor();
    await shoot(page, 'playbook-done');
  });

  it('runs at once from the palette, after the preview, where it wants nothing', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Run Playbook or Task');
    await quickInput(page).fill('Uptime');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('uptime.task.yaml').first().waitFor();
    await page.keyboard.press('Enter');
    await quickInput(page).fill('web01');
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.getByText('Run on 1 node').first().waitFor({ timeout: 3000 }),
    );
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.waitFor({ state: 'hidden', timeout: 3000 }),
    );
    await tab(page, '1 ok').waitFor();
  });

  it('says above the file how its last run went, and shows it', async () => {
    const { page } = scene();
    await page.keyboard.press('Control+P');
    await quickInput(page).fill('greet.playbook.yaml');
    await page.locator('.quick-input-widget:visible').getByText('greet.playbook.yaml').first().waitFor();
    await page.keyboard.press('Enter');
    const last = page.locator('.codelens-decoration a', { hasText: /Last run \d\d:\d\d: 4 ok/ });
    await last.waitFor();
    await shoot(page, 'playbook-last-run');
    await last.click();
    await webview(page).locator('muster-matrix .name', { hasText: 'api[01-04]' }).waitFor();
  });

  it('asks for a secret that is to be kept before the start', async () => {
    const { page, workspace } = scene();
    const keep = `name: Keep\nsecrets: { pin: { stored: PIN of the vault } }\ntargets: api01\nsteps:\n  - run: test {{ secret.pin }} = 4711-abcd\n`;
    await writeFile(join(workspace, 'playbooks', 'keep.playbook.yaml'), keep);
    const widget = page.locator('.quick-input-widget:visible');
    await runCommand(page, 'Muster: Run Playbook or Task');
    await quickInput(page).fill('keep');
    await widget.getByText('keep.playbook.yaml').first().waitFor();
    await until(
      () => page.keyboard.press('Enter'),
      () => widget.getByText('Run on 1 node').first().waitFor({ timeout: 3000 }),
    );
    await page.keyboard.press('Enter');
    await widget.getByText('PIN of the vault').waitFor();
    await quickInput(page).fill('4711-abcd');
    await shoot(page, 'playbook-secret');
    await page.keyboard.press('Enter');
    await tab(page, '1 ok · Keep').waitFor();
  });

  it('leads from the panel to its file', async () => {
    const { page } = scene();
    await webview(page).getByRole('button', { name: 'keep.playbook.yaml' }).click();
    await page.locator('.tab.active', { hasText: 'keep.playbook.yaml' }).waitFor();
  });
});
