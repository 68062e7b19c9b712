import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { whyNoChromium } from './fixtures/panelPage.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { type Picture, pictures, showPicture } from './fixtures/pictures.ts';

const absent = whyNoChromium();

/** What axe-core says is wrong with a page. */
type Violation = {
  readonly id: string;
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical';
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
};

/** Every state in every theme: what was found in one is not to come back in another. */
const states: readonly Picture[] = pictures
  .filter(({ name }) => name !== 'matrix-many' && name !== 'thousand')
  .flatMap((picture) => {
    const base = picture.name.replace(/-(dark|light|hc)$/, '');
    return (['dark', 'light', 'hc'] as const).map((theme) => ({
      ...picture,
      theme,
      name: `${base}, ${theme}`,
    }));
  })
  .filter(({ name }, at, all) => all.findIndex((each) => each.name === name) === at);

describe(`axe-core on the run panel${absent === undefined ? '' : ` (skipped: ${absent})`}`, function () {
  this.timeout(60_000);
  let panel: PanelPage | undefined;
  let axe = '';
  before(async function () {
    if (absent !== undefined) this.skip();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });
  afterEach(async () => panel?.close());

  for (const state of states) {
    it(`finds nothing serious: ${state.name}`, async () => {
      panel = await showPicture(state);
      assert.deepEqual(await violations(panel, axe), []);
    });
  }
});

/** Everything serious or critical; the language and title of the page are the business of the host. */
async function violations({ page }: PanelPage, axe: string): Promise<readonly string[]> {
  await page.evaluate(`{ ${axe} }`);
  const rules = { 'html-has-lang': { enabled: false }, 'document-title': { enabled: false } };
  const options = JSON.stringify({ resultTypes: ['violations'], rules });
  const found = await page.evaluate(`axe.run(document, ${options}).then(({ violations }) => violations)`);
  return (found as readonly Violation[])
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
    );
}
