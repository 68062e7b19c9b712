import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTheme, whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { type Picture, pictures, showPicture } from './fixtures/pictures.ts';

const absent = whyNoChromium();

/** What axe-core says is wrong with a page. */
type Violation = {
  readonly id: string;
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical';
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
};

/** Each state once; the themes are gone through below. */
const states: readonly Picture[] = pictures.filter(
  ({ name }, at) =>
    !/many|thousand/.test(name) && pictures.findIndex((each) => stateOf(each.name) === stateOf(name)) === at,
);

function stateOf(name: string): string {
  return name.replace(/-(dark|light|hc)$/, '');
}

describe(`axe-core on the run panel${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(180_000);
  let panel: PanelPage | undefined;
  let axe = '';
  before(async function () {
    if (absent !== undefined) this.skip();
    axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  });
  afterEach(async () => panel?.close());

  for (const state of states) {
    it(`finds nothing serious in any theme: ${stateOf(state.name)}`, async () => {
      panel = await showPicture(state);
      await panel.page.evaluate(`{ ${axe} }`);
      for (const theme of ['dark', 'light', 'hc'] as const) {
        await setTheme(panel, theme);
        assert.deepEqual(await violations(panel), [], theme);
      }
    });
  }
});

/** Everything serious or critical; the language and title of the page are the business of the host. */
async function violations({ page }: PanelPage): Promise<readonly string[]> {
  const rules = { 'html-has-lang': { enabled: false }, 'document-title': { enabled: false } };
  const options = JSON.stringify({ resultTypes: ['violations'], rules });
  const found = await page.evaluate(`axe.run(document, ${options}).then(({ violations }) => violations)`);
  return (found as readonly Violation[])
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
    );
}
