import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { quickInput, runCommand, until } from '../../test/harness/page.ts';

/** A playbook with what a language server has something to say of. */
const playbook = `# Rolls a release out, a few nodes at a time.
name: Deploy web
params:
  version: { type: string, required: true }
vars:
  service: nginx
targets: "@web & tag:prod !web09"
strategy: { mode: rolling, waves: [1, 25%], maxFailures: 10% }
steps:
  - id: drain
    run: /usr/local/bin/drain --wait {{ vars.drain_seconds | default(10) }}
    timeout: 30s
  - id: install
    needs: [drain]
    run: |
      cd /srv/{{ vars.service }} || exit 1
      for file in *.conf; do
        install -m 0644 $file "/etc/{{ vars.service }}/$file"
      done
      apt-get install -y app={{ params.version }}
    sudo: true
    notify: restart
  - id: health
    needs: [instal]
    http: { url: "http://{{ node.host }}:{{ vars.http_port }}/health" }
    retries: { count: 10, delay: 2s }
handlers:
  - id: restart
    task: ./tasks/restart.task.yaml
    with: { service: nginx }
`;

const task = `name: Restart a service
params:
  service: { type: string, required: true, description: Unit to restart }
steps:
  - run: systemctl restart {{ params.service }}
`;

/** A playbook in an editor: what is told of it, what a word means, and what is offered while one types. */
export async function photographEditor(
  page: Page,
  workspace: string,
  shoot: (what: string) => Promise<void>,
): Promise<void> {
  await mkdir(join(workspace, 'tasks'), { recursive: true });
  await writeFile(join(workspace, 'tasks', 'restart.task.yaml'), task);
  await writeFile(join(workspace, 'deploy.playbook.yaml'), playbook);
  await runCommand(page, 'View: Close All Editors');
  await openFile(page, 'deploy.playbook.yaml');
  await page.locator('.codelens-decoration', { hasText: 'Run on 11 nodes' }).waitFor();
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'Did you mean "install"?' }).waitFor();
  await putCursor(page, 'http_port');
  await until(
    () => page.keyboard.press('Control+K').then(() => page.keyboard.press('Control+I')),
    () => page.locator('.monaco-hover', { hasText: 'is undefined on' }).waitFor({ timeout: 5000 }),
  );
  await page
    .locator('.monaco-hover')
    .getByText(/^(?:Quick Fix|No quick fixes)/)
    .waitFor();
  await shoot('playbook');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+J');
  await putCursor(page, '!web09');
  const offers = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'tag:canary' });
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(' !');
  await offers.waitFor();
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-details-container .body', { hasText: 'edge[01-04]' }).waitFor();
  await shoot('completion');
}

async function openFile(page: Page, name: string): Promise<void> {
  await until(
    async () => {
      await page.keyboard.press('Control+P');
      await quickInput(page).fill(name);
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
      await page.keyboard.press('Enter');
    },
    () => page.locator('.tab.active', { hasText: name }).waitFor({ timeout: 5000 }),
  );
}

/** Puts the cursor into the first place of a word of the playbook. */
async function putCursor(page: Page, word: string): Promise<void> {
  const before = playbook.slice(0, playbook.indexOf(word) + 1).split('\n');
  await page.keyboard.press('Control+G');
  await quickInput(page).fill(`:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`);
  await quickInput(page).press('Enter');
  await page.locator('.statusbar-item', { hasText: `Ln ${before.length}, Col` }).waitFor();
}
