import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Scene, type SceneOptions, setScene } from '../../scripts/staging/scene.ts';
import { openWindow, reloadWindow, type Window } from '../harness/page.ts';
import { root } from '../house/repository.ts';

/** A window on a demo fleet with the packed extension: what a person has after installing it. */
type UiScene = Scene & { readonly window: Window; readonly page: Page };

async function openScene(options: Omit<SceneOptions, 'vsix'>): Promise<UiScene> {
  const scene = await setScene({ ...options, vsix: join(root, '.build', 'muster.vsix') });
  try {
    const window = await openWindow(scene.workbench, { folder: scene.workspace });
    const close = async (): Promise<void> => {
      await window.close();
      await scene.close();
    };
    return { ...scene, window, page: window.page, close };
  } catch (error) {
    await scene.close();
    throw error;
  }
}

/** One window for all tests of a suite; where one fails, what it shows is saved. To be called in `describe`. */
export function useScene(
  options: Omit<SceneOptions, 'vsix'>,
  prepare: (scene: UiScene) => Promise<void> = async () => {},
): () => UiScene {
  let scene: UiScene | undefined;
  let begun: string | undefined;
  before(async function () {
    this.timeout(300_000);
    scene = await openScene(options);
    await prepare(scene);
  });
  after(() => scene?.close());
  // What a failed try has left open (menus, questions, dialogs) is in the way of the next one.
  beforeEach(async function () {
    const title = this.currentTest?.fullTitle();
    if (scene && title !== undefined && title === begun) await reloadWindow(scene.page);
    begun = title;
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (scene && test?.state === 'failed') await shoot(scene.page, `failed-${test.title}`);
  });
  return () => {
    assert.ok(scene, 'the window is open');
    return scene;
  };
}

/** Saves what the window shows into the git-ignored shots/. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = join(root, 'shots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
