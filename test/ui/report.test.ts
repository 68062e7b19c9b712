import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { textWriters } from '../../core/export/writers.ts';
import { hostileBatch, payloads } from '../core/export/hostile.ts';
import { textOf } from '../core/export/input.ts';
import { tempFolder } from '../engine/tempFolder.ts';
import { launchChromium } from '../harness/chromium.ts';

/** What a page did beside being shown. */
type Seen = { readonly said: string[]; readonly asked: string[] };

describe('the HTML report of a batch with hostile names and outputs', function () {
  let browser: Browser;
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let file: string;
  before(async () => {
    folder = await tempFolder();
    file = join(folder.path, 'report.html');
    await writeFile(file, await textOf(textWriters.html(hostileBatch())));
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await folder[Symbol.asyncDispose]();
  });

  async function openReport(
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<{ page: Page; seen: Seen }> {
    const page = await browser.newPage(options);
    const seen: Seen = { said: [], asked: [] };
    page.on('console', (message) => seen.said.push(message.text()));
    page.on('pageerror', (error) => seen.said.push(error.message));
    page.on('dialog', (dialog) => seen.said.push(dialog.message()));
    page.on('request', (request) => seen.asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, seen };
  }

  it('loads nothing, runs nothing and complains of nothing', async () => {
    const { page, seen } = await openReport();
    await page.locator('details').evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
    for (const target of await page.locator('summary, a').all()) await target.hover();
    assert.deepEqual(seen, { said: [], asked: [pathToFileURL(file).href] });
    assert.notEqual(await page.title(), 'ran');
    const acting = 'script, img, iframe, object, form, link, base, [onerror], [onmouseover], [onfocus], #out';
    assert.equal(await page.locator(acting).count(), 0);
    await page.close();
  });

  it('shows every payload as the text that it is', async () => {
    const { page } = await openReport();
    const text = await page.locator('body').innerText();
    for (const payload of payloads.slice(0, 12)) {
      const [line = ''] = payload.replaceAll('\t', '').split('\n');
      assert.ok(text.includes(line), line);
    }
    await page.close();
  });

  it('is readable in the dark and on a narrow screen, and light on paper', async () => {
    const { page } = await openReport({ colorScheme: 'dark', viewport: { width: 420, height: 800 } });
    const colour = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(await colour(), 'rgb(20, 24, 29)');
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= 420, `${width} px wide`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await colour(), 'rgb(255, 255, 255)');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok(pdf.subarray(0, 5).equals(Buffer.from('%PDF-')));
    await page.close();
  });

  it('has a JUnit twin that is well-formed and names every node', async () => {
    const xml = await textOf(textWriters.junit(hostileBatch()));
    const page = await browser.newPage();
    const [errors, names] = await page.evaluate<[number, number]>(`{
      const parsed = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
      [parsed.querySelectorAll('parsererror').length, parsed.querySelectorAll('testcase').length];
    }`);
    assert.deepEqual([errors, names], [0, hostileBatch().state.executions.length]);
    await page.close();
  });
});
