// Writes pictures of the run panel and of New Run into a folder, to be looked at:
//   node test/webview/preview.ts FOLDER [NAME]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newRuns, showNewRun } from './fixtures/newRunPictures.ts';
import type { PanelPage } from './fixtures/panelPage.ts';
import { pictures, showPicture } from './fixtures/pictures.ts';

const folder = process.argv[2] ?? 'preview';
const only = process.argv[3];
await mkdir(folder, { recursive: true });

const countElements = `(function count(root) {
  return [...root.querySelectorAll('*')].reduce((sum, each) => sum + 1 + (each.shadowRoot ? count(each.shadowRoot) : 0), 0);
})(document)`;

for (const picture of pictures) {
  if (only === undefined || picture.name.includes(only)) await take(picture.name, await showPicture(picture));
}
for (const picture of newRuns) {
  if (only === undefined || picture.name.includes(only)) await take(picture.name, await showNewRun(picture));
}

async function take(name: string, panel: PanelPage): Promise<void> {
  await panel.page.screenshot({ path: join(folder, `${name}.png`) });
  const elements = await panel.page.evaluate(countElements);
  console.log(`${name}: ${String(elements)} elements`, panel.complaints.join('\n'));
  await panel.close();
}
