import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enter, quickStep, runCommand, toast, typeInto } from '../harness/page.ts';
import { expand, openMuster, runOnTicked, tab, tick } from './actions.ts';
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
  this.timeout(240_000);
  const scene = useScene({ nodes: 12 }, async ({ page, workspace }) => {
    await writeFile(join(workspace, '.muster', 'policy.yaml'), rules);
    await openMuster(page);
    await expand(page, 'site');
    await tick(page, 'api');
  });

  /** Goes through the command and the preview, to what comes after Enter. */
  const run = (command: string): Promise<void> =>
    runOnTicked(scene().page, command, 'Run on 4 nodes: api[01-04]');

  it('ask for the number of nodes, take no other, and run', async () => {
    const { page } = scene();
    await run('hostname');
    const widget = page.locator('.quick-input-widget:visible');
    await widget.getByText('Type the number of nodes, 4, to run.').waitFor();
    await typeInto(widget, '5');
    await widget.getByText('The number of nodes is 4, not 5.').waitFor();
    await shoot(page, 'policy-typed');
    await typeInto(widget, '4');
    await widget.getByText('The number of nodes is 4, not 5.').waitFor({ state: 'hidden' });
    await enter(widget);
    await tab(page, '4 ok · hostname').waitFor();
  });

  it('refuse with the rule, and open it', async () => {
    const { page } = scene();
    await run('reboot');
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
    const why = quickStep(page, 'Year-end closing');
    await typeInto(why, 'closing');
    await enter(why);
    const until = quickStep(page, /Until/);
    await typeInto(until, '2h');
    await enter(until);
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
