import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Scene, type SceneOptions, setScene } from '../../scripts/staging/scene.ts';
import { openWindow, type Window } from '../harness/page.ts';
import { root } from '../house/repository.ts';

/** A window on a demo fleet with the packed extension: what a person has after installing it. */
export type UiScene = Scene & { readonly window: Window; readonly page: Page };

export async function openScene(options: Omit<SceneOptions, 'vsix'>): Promise<UiScene> {
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

/** Saves what the window shows into the git-ignored shots/. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = join(root, 'shots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
