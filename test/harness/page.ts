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
  page.setDefaultTimeout(60_000);
  await page.goto(`${workbench.address}?${new URLSearchParams({ folder: options.folder }).toString()}`);
  await page.locator('.monaco-workbench .activitybar').waitFor();
  return { page, browser, close: () => browser.close() };
}

/** Milliseconds after which something that was done is done again, where it shows that it was lost. */
const lostAfterMs = 10_000;

/**
 * Does something, and again while it has not shown, four times at most. Under load a key or a click can be lost; what it
 * would undo when it comes twice is looked at by whoever does it.
 */
export async function until(act: () => Promise<void>, shown: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    const failure = await errorOf(act);
    const missing = await errorOf(shown);
    if (missing === undefined) return;
    if (tries === 4) throw failure ?? missing;
  }
}

async function errorOf(act: () => Promise<void>): Promise<Error | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Runs a command of the palette by its title. Enter takes the focused row, which is another one until the list is
 * filtered. The palette goes away when something that opens takes the focus.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title });
  const timeout = lostAfterMs;
  await until(
    async () => {
      await page.keyboard.press('F1');
      await quickInput(page).fill(`>${title}`, { timeout });
    },
    () => row.waitFor({ timeout }),
  );
  await until(
    () => quickInput(page).press('Enter', { timeout }),
    () => row.waitFor({ state: 'hidden', timeout }),
  );
}

/** A step of the quick input, by a text that only this step has. */
export function quickStep(page: Page, text: string | RegExp): Locator {
  const widget = page.locator('.quick-input-widget:visible');
  const says = page.getByText(text).or(page.getByPlaceholder(text));
  return widget.filter({ has: says });
}

/** Types into a step of the quick input. */
export async function typeInto(step: Locator, text: string): Promise<void> {
  await step.locator('input.input').fill(text);
}

/** Presses Enter in a step of the quick input until it is left: a key is lost while steps change places. */
export async function enter(step: Locator): Promise<void> {
  await step.waitFor();
  await until(
    () => step.locator('input.input').press('Enter', { timeout: lostAfterMs }),
    () => step.waitFor({ state: 'hidden', timeout: lostAfterMs }),
  );
}

/** Clicks a row in a step of the quick input until the step is left. */
export async function pickRow(step: Locator, text: string): Promise<void> {
  await step.waitFor();
  await until(
    () => step.locator('.monaco-list-row', { hasText: text }).first().click({ timeout: lostAfterMs }),
    () => step.waitFor({ state: 'hidden', timeout: lostAfterMs }),
  );
}

/** Chooses from the context menu of something. A menu that has just opened takes no click. */
export async function chooseFromMenu(from: Locator, item: string | RegExp): Promise<void> {
  const menu = from.page().locator('.monaco-menu');
  const timeout = lostAfterMs;
  await until(
    () => from.click({ button: 'right', timeout }),
    () => menu.first().waitFor({ timeout }),
  );
  await until(
    () => menu.locator('.action-item', { hasText: item }).first().click({ timeout }),
    () => menu.first().waitFor({ state: 'detached', timeout: 3000 }),
  );
}

/** Loads the window again and waits for what it was. */
export async function reloadWindow(page: Page): Promise<void> {
  await page.reload();
  await page.locator('.monaco-workbench .activitybar').waitFor();
  await page
    .locator('.activitybar .action-item', { has: page.locator('[aria-label^="Muster"]') })
    .first()
    .waitFor();
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

/** The content of the active web view: while one gives way to another, both are there. */
export function webview(page: Page): FrameLocator {
  const last = page.locator('iframe.webview.ready:visible').last();
  return last.contentFrame().frameLocator('#active-frame');
}

export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast', { hasText: text });
}
