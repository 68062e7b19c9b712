import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { quickInput, runCommand } from '../harness/page.ts';
import { openFile, until } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const inventory = `version: 1
nodes:
  web[01-12]: { tags: [web, prod], vars: { http_port: 8080 } }
  db01: { tags: [db, prod] }
groups:
  frontend: { nodes: "web[01-10]", vars: { role: front } }
`;
const playbook = `name: Deploy
targets: "@frontend & tag:prod !web10"
timeout: 5m
steps:
  - id: drain
    run: |
      set -eu
      for n in 1 2 3; do curl -s "http://localhost:{{ vars.http_port }}/drain"; done
  - id: install
    needs: [drain]
    run: apt-get install -y app
    sudo: true

`;

describe('writing a playbook in an editor', function () {
  this.timeout(240_000);
  const scene = useScene({ nodes: 4 }, async ({ workspace }) => {
    await writeFile(join(workspace, 'fleet.inventory.yaml'), inventory);
    await writeFile(join(workspace, 'deploy.playbook.yaml'), playbook);
    await writeFile(join(workspace, 'said.yaml'), '# muster: task\nsteps: []\n');
    await writeFile(join(workspace, 'like.yaml'), 'targets: all\nsteps:\n  - run: uptime\n');
    await writeFile(join(workspace, 'lines.playbook.yaml'), 'steps:\n  - run: | # why\n');
  });

  it('shows how many nodes it is for, and runs from above', async () => {
    const { page } = scene();
    await openFile(page, 'deploy.playbook.yaml:13:1');
    await page.locator('.codelens-decoration a', { hasText: 'Run on 9 nodes' }).waitFor();
    await page.locator('.codelens-decoration a', { hasText: /^Dry Run$/ }).waitFor();
    await page.locator('.codelens-decoration a', { hasText: 'Run Only This Step' }).first().waitFor();
    await page.locator('.view-lines', { hasText: 'timeout 5m' }).waitFor();
    await shoot(page, 'writing-dark');
  });

  it('runs on a group of the inventory from above it', async () => {
    const { page } = scene();
    await openFile(page, 'fleet.inventory.yaml');
    const lens = page.locator('.codelens-decoration a');
    await lens.filter({ hasText: 'Connect' }).waitFor();
    await lens.filter({ hasText: 'Check Reachability' }).first().waitFor();
    await shoot(page, 'inventory-lenses');
    await lens.filter({ hasText: 'Run on 10 nodes…' }).click();
    await page.locator('.quick-input-widget:visible', { hasText: '10 nodes' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('begins a new line where the text of a command begins', async () => {
    const { page } = scene();
    await openFile(page, 'lines.playbook.yaml');
    await until(
      async () => {
        await runCommand(page, 'File: Revert File');
        await goTo(page, ':2:17');
        await page.keyboard.press('Enter');
      },
      () => page.locator('.statusbar-item', { hasText: 'Ln 3, Col 7' }).waitFor({ timeout: 10_000 }),
    );
    await runCommand(page, 'File: Revert File');
  });

  it('takes a YAML file for what its first line says, and offers what another looks like', async () => {
    const { page } = scene();
    const language = page.locator('.statusbar-item', { hasText: /^(?:Muster|YAML)/ });
    await openFile(page, 'said.yaml');
    await language.filter({ hasText: 'Muster Task' }).waitFor();
    await openFile(page, 'like.yaml');
    await language.filter({ hasText: 'YAML' }).waitFor();
    await page.locator('[id="status.languageStatus"]').hover();
    await page.getByText('Looks like a Muster playbook').waitFor();
    await shoot(page, 'offered-language');
    await page.getByText('Use as Such').click();
    await language.filter({ hasText: 'Muster Playbook' }).waitFor();
  });

  it('offers whole steps on a new line', async () => {
    const { page } = scene();
    await openFile(page, 'deploy.playbook.yaml:13:1');
    await runCommand(page, 'File: Revert File');
    await goTo(page, ':13:1');
    await page.keyboard.type('  ');
    await until(
      () => page.keyboard.press('Control+Space'),
      () =>
        page.locator('.suggest-widget .monaco-list-row', { hasText: 'script' }).waitFor({ timeout: 10_000 }),
    );
    await shoot(page, 'writing-completion');
    await page.keyboard.press('Escape');
  });

  it('says on hover what a variable is in each scope, in light colours too', async () => {
    const { page } = scene();
    await hoverAt(page, ':8:62');
    await page.locator('.monaco-hover-content', { hasText: 'Variable http_port' }).first().waitFor();
    await shoot(page, 'writing-hover');
    await page.keyboard.press('Escape');
    await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
    await page.locator('.monaco-workbench.vs').waitFor();
    await hoverAt(page, ':2:14');
    await page.locator('.monaco-hover-content', { hasText: 'Group frontend' }).first().waitFor();
    await shoot(page, 'writing-light');
  });
});

/** Puts the cursor at a line and column of the editor in front: `:13:1`. */
async function goTo(page: Page, place: string): Promise<void> {
  const [, line = '', column = ''] = place.split(':');
  await until(
    async () => {
      await runCommand(page, 'Go to Line/Column...');
      await quickInput(page).fill(place, { timeout: 10_000 });
      await quickInput(page).press('Enter', { timeout: 10_000 });
    },
    () =>
      page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor({ timeout: 10_000 }),
  );
}

async function hoverAt(page: Page, place: string): Promise<void> {
  await until(
    async () => {
      await goTo(page, place);
      await runCommand(page, 'Show or Focus Hover');
    },
    () => page.locator('.monaco-hover-content').first().waitFor({ timeout: 10_000 }),
  );
}
