import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { quickInput, runCommand } from '../harness/page.ts';
import { until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const inventory = `version: 1
nodes:
  web[1-3]: { tags: [web] }
groups:
  frontend: { nodes: "web[1-2]" }
sources:
  - { type: ansible, path: hosts.ini }
`;
// No test opens this one.
const databases = `version: 1
nodes:
  db01: { tags: [db] }
`;
const playbook = `name: Restart
targets: "@frontend,db01"
steps:
  - id: drain
    rnu: echo drain
  - needs: [drain]
    task: ./restart.task.yaml
`;
const task = `params: { service: { type: string } }
steps:
  - run: systemctl restart {{ params.service }}
`;

const secret = `vars: { db_password: hunter22 }
steps:
  - run: login
    env: { PASSWORD: '{{ vars.db_password }}' }
`;

describe('playbooks and inventories in an editor', function () {
  this.timeout(120_000);
  const scene = useScene({ nodes: 4 }, async ({ workspace }) => {
    await writeFile(join(workspace, 'fleet.inventory.yaml'), inventory);
    await writeFile(join(workspace, 'databases.inventory.yaml'), databases);
    await writeFile(join(workspace, 'restart.playbook.yaml'), playbook);
    await writeFile(join(workspace, 'restart.task.yaml'), task);
    await writeFile(join(workspace, 'secret.playbook.yaml'), secret);
    await writeFile(join(workspace, 'hosts.ini'), '[old]\nold1 ansible_host=10.0.0.1\n');
    await writeFile(join(workspace, 'old.playbook.yaml'), 'targets: old1\nsteps:\n  - run: uptime\n');
  });

  it('have squiggles under what is wrong', async () => {
    const { page } = scene();
    await open(page, 'restart.playbook.yaml');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await shoot(page, 'language-squiggles');
  });

  it('lead to where a group is declared', async () => {
    const { page } = scene();
    await open(page, 'restart.playbook.yaml:2:13');
    await until(
      () => page.keyboard.press('F12'),
      () => editorTab(page, 'fleet.inventory.yaml').waitFor({ timeout: 10_000 }),
    );
    await page.locator('.statusbar-item', { hasText: 'Ln 5, Col 3' }).waitFor();
    await shoot(page, 'language-definition');
  });

  it('lead to a node of a source that only the engine reads', async () => {
    const { page } = scene();
    await open(page, 'old.playbook.yaml:1:11');
    await until(
      () => page.keyboard.press('F12'),
      () => editorTab(page, 'hosts.ini').waitFor({ timeout: 10_000 }),
    );
    await page.locator('.statusbar-item', { hasText: 'Ln 2, Col 1' }).waitFor();
  });

  it('move a secret to the secret storage', async () => {
    const { page, workspace } = scene();
    await open(page, 'secret.playbook.yaml:1:24');
    await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    const action = page.locator('.action-widget .monaco-list-row', { hasText: 'Move to the secret store' });
    await until(
      () => page.keyboard.press('Control+.'),
      () => action.waitFor({ timeout: 10_000 }),
    );
    await shoot(page, 'language-secret');
    await action.click();
    await page.locator('.view-lines', { hasText: 'stored: db_password' }).first().waitFor();
    await page.locator('.notification-toast', { hasText: 'The secret db_password is in' }).waitFor();
    await runCommand(page, 'File: Save All Files');
    await page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
    const saved = await readFile(join(workspace, 'secret.playbook.yaml'), 'utf8');
    assert.doesNotMatch(saved, /hunter22/);
    assert.match(saved, /^vars: \{ db_password: '\{\{ secret\.db_password \}\}' \}$/m);
  });

  it('rename a node in all files, and ask about those that are not open', async () => {
    const { page, workspace } = scene();
    await runCommand(page, 'View: Close All Editors');
    await open(page, 'restart.playbook.yaml:2:22');
    const box = page.locator('.rename-box input');
    await until(
      () => page.keyboard.press('F2'),
      () => box.waitFor({ timeout: 10_000 }),
    );
    await box.fill('postgres');
    await page.keyboard.press('Enter');
    const preview = page.locator('.part.panel');
    await preview.locator('.monaco-list-row', { hasText: 'databases.inventory.yaml' }).waitFor();
    await shoot(page, 'language-rename');
    await preview
      .locator('.monaco-list-row', { hasText: 'databases.inventory.yaml' })
      .locator('.edit-checkbox')
      .click();
    await preview.getByText('Apply', { exact: true }).click();
    await page.locator('.view-lines', { hasText: 'postgres' }).first().waitFor();
    await runCommand(page, 'File: Save All Files');
    await page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
    assert.match(await readFile(join(workspace, 'restart.playbook.yaml'), 'utf8'), /@frontend,postgres/);
    assert.match(await readFile(join(workspace, 'databases.inventory.yaml'), 'utf8'), /^ {2}postgres: /m);
  });

  it('offer keys while a word is typed, and say what is meant by one', async () => {
    const { page } = scene();
    await open(page, 'old.playbook.yaml:3:16');
    await page.locator('.statusbar-item', { hasText: 'Ln 3, Col' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('tim');
    const offers = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'timeout' });
    await until(
      async () => {
        await page.keyboard.press('Backspace');
        await page.keyboard.type('m');
      },
      () => offers.waitFor({ timeout: 10_000 }),
    );
    await shoot(page, 'language-completion');
    await page.keyboard.press('Enter');
    await page.locator('.view-lines', { hasText: 'timeout:' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await until(
      () => page.keyboard.press('Control+K').then(() => page.keyboard.press('Control+I')),
      () => page.locator('.monaco-hover', { hasText: 'Timeout' }).waitFor({ timeout: 10_000 }),
    );
    await shoot(page, 'language-hover');
  });
});

/** Opens a file, at `:line:column` where that is said. */
async function open(page: Page, place: string): Promise<void> {
  const [file = ''] = place.split(':');
  await until(
    async () => {
      await page.keyboard.press('Control+P');
      await quickInput(page).fill(place);
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: file }).waitFor();
      await page.keyboard.press('Enter');
    },
    () => editorTab(page, file).waitFor({ timeout: 5000 }),
  );
}

function editorTab(page: Page, file: string) {
  return page.locator('.tab.active', { hasText: file });
}
