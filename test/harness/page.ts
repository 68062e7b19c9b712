import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import type { Workbench } from './workbench.ts';

/** A window of the workbench in a browser of its own. */
export type Window = { readonly page: Page; readonly browser: Browser; close(): Promise<void> };

export async function openWindow(
  workbench: Workbench,
  options: { folder: string; width?: number; height?: number },
): Promise<Window> {
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], {
    origin: `http://127.0.0.1:${workbench.port}`,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${workbench.address}?${new URLSearchParams({ folder: options.folder }).toString()}`);
  await page.locator('.monaco-workbench .activitybar').waitFor();
  return { page, browser, close: () => browser.close() };
}

/** Runs a command of the palette by its title. Enter takes the focused row, which is another one until the list is filtered. */
export async function runCommand(page: Page, title: string): Promise<void> {
  let isFilled = false;
  // The palette goes away when a panel that opens takes the focus.
  for (let tries = 0; tries < 3 && !isFilled; tries++) {
    await page.keyboard.press('F1');
    isFilled = await quickInput(page)
      .fill(`>${title}`, { timeout: 8000 })
      .then(
        () => true,
        () => false,
      );
  }
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
  await page.keyboard.press('Enter');
}

/** The text field of the palette and of every quick pick. */
export function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget input.input:visible');
}

export function quickRow(page: Page, text: string): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

/** A row of a tree in the side bar, by its whole label. */
export function treeRow(page: Page, name: string): Locator {
  const whole = new RegExp(`^${name.replaceAll(/[.*+?^$()[\]{}|\\]/g, String.raw`\$&`)}$`);
  return page
    .locator('.pane-body .monaco-list-row')
    .filter({ has: page.locator('.label-name', { hasText: whole }) });
}

/** The content of the active web view. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast', { hasText: text });
}
