import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quickInput, quickRow, runCommand, toast } from '../harness/page.ts';
import { expand, openMuster, tab, tick } from './actions.ts';
import { shoot, useScene } from './scene.ts';

const rules = `version: 1
typedAbove: 3
rules:
  - name: think before a reboot
    command: '\\breboot\\b'
    decision: deny
    reason: Ask Ada.
`;

describe('guard rails in a VS Code window', function () {
  this.timeout(120_000);
  const scene = useScene({ nodes: 12 }, async ({ page, workspace }) => {
    await writeFile(join(workspace, '.muster', 'policy.yaml'), rules);
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
  });

  /** Goes through the command and the preview, to what comes after Enter. */
  async function preview(command: string): Promise<void> {
    const { page } = scene();
    await runCommand(page, 'Muster: Run on Selected Nodes');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('1/2').waitFor();
    await quickInput(page).fill(command);
    await quickRow(page, command).waitFor();
    await page.keyboard.press('Enter');
    await widget.getByText('2/2').waitFor();
    await widget.getByText('Run on 4 nodes: api[01-04]').first().waitFor();
    await page.keyboard.press('Enter');
  }

  it('ask for the number of nodes, take no other, and run', async () => {
    const { page } = scene();
    await preview('hostname');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('Type the number of nodes, 4, to run.').waitFor();
    await quickInput(page).fill('5');
    await widget.getByText('The number of nodes is 4, not 5.').waitFor();
    await shoot(page, 'policy-typed');
    await quickInput(page).fill('4');
    await page.keyboard.press('Enter');
    await tab(page, '4 ok · hostname').waitFor();
  });

  it('refuse with the rule, and open it', async () => {
    const { page } = scene();
    await preview('reboot');
    const refusal = toast(page, 'Denied by the rule "think before a reboot"');
    await refusal.waitFor();
    await shoot(page, 'policy-denied');
    await refusal.getByRole('button', { name: 'Open Rule' }).click();
    await tab(page, 'policy.yaml').waitFor();
    await page.locator('.statusbar-item', { hasText: 'Ln 4' }).waitFor();
    await page.locator('.statusbar-item', { hasText: 'Muster Policy' }).waitFor();
  });

  it('freeze everything, say so, and end it', async () => {
    const { page } = scene();
    await runCommand(page, 'Muster: Freeze');
    await quickInput(page).fill('closing');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget:visible').getByText('Until when').waitFor();
    await quickInput(page).fill('2h');
    await page.keyboard.press('Enter');
    await page.locator('.statusbar-item', { hasText: 'Frozen' }).waitFor();
    await page
      .getByText(/Frozen until .* closing\. Nothing starts\./)
      .first()
      .waitFor();
    await shoot(page, 'policy-frozen');
    await runCommand(page, 'Muster: End Freeze');
    await page.locator('.statusbar-item', { hasText: '4 selected' }).waitFor();
  });
});
