import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { SomeOfForm } from '../../core/run/form/form.ts';
import { playNewRunHost, site } from './fixtures/newRunHost.ts';
import { newRunPage, openPanel, whyNoChromium } from './fixtures/panelPage.ts';
import type { ThemeName } from './fixtures/themes.ts';
import { workspaceFiles } from './fixtures/workspaceFiles.ts';

const absent = whyNoChromium();

const selection = '@frontend, db01';
const file = '/work/playbooks/deploy.playbook.yaml';
const states: readonly (readonly [
  name: string,
  form: SomeOfForm,
  shown: string,
  press?: readonly string[],
])[] = [
  ['a command, with all options', { selection, command: 'uptime', mode: 'rolling' }, '#waves', ['.more']],
  ['the list of playbooks', { selection, kind: 'playbook' }, '.file'],
  ['the parameters of a playbook', { kind: 'playbook', file, params: { workers: 80 } }, '[id="param:token"]'],
  ['parameters as JSON', { kind: 'playbook', file }, '[id="param:token"]', ['button:has-text("JSON")']],
  ['a script', { selection, kind: 'script', script: '/work/scripts/tune.py' }, '#args'],
  [
    'files to copy, and the nodes one by one',
    { selection, kind: 'copy' },
    '#copyTo',
    ['button:has-text("Show all")'],
  ],
];

describe(`New Run with axe${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let axe = '';
  before(async function () {
    if (absent !== undefined) this.skip();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });

  for (const theme of ['dark', 'light', 'hc'] satisfies ThemeName[]) {
    it(`finds nothing in any state, in ${theme}`, async () => {
      const panel = await openPanel({ theme, width: 1280, height: 900, shows: newRunPage });
      try {
        playNewRunHost(panel, site(12), workspaceFiles);
        await panel.page.evaluate('acquireVsCodeApi().postMessage({ type: "ready" })');
        await panel.page.evaluate(`{ ${axe} }`);
        const found: string[] = [];
        for (const [name, form, shown, press = []] of states) {
          await panel.send({ type: 'form', form });
          // Playwright waits for what it hovers over; its own waiting functions are refused by the page's policy.
          await panel.page.hover(shown === '#waves' ? '#command' : shown);
          for (const selector of press) await panel.page.click(selector);
          found.push(...(await violations(panel.page)).map((each) => `${name}: ${each}`));
        }
        assert.deepEqual(found, []);
      } finally {
        await panel.close();
      }
    });
  }
});

async function violations(page: { evaluate(script: string): Promise<unknown> }): Promise<readonly string[]> {
  const found =
    await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => id + ' (' + impact + ') at ' + nodes.slice(0, 3).map((each) => each.target.flat(9).join(' > ')).join(', ')))`);
  return found as string[];
}
