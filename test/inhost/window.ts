import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { SourceRef } from '../../core/inventory/source.ts';
import type { MusterApi } from '../../extension/api.ts';
import { attachEngine, type AttachedEngine } from '../../engine/client.ts';

/** The extension under test. */
export function muster(): vscode.Extension<MusterApi> {
  const extension = vscode.extensions.getExtension<MusterApi>('muster.muster');
  assert.ok(extension, 'The extension is not there.');
  return extension;
}

/** What the extension gives to others. */
export async function api(): Promise<MusterApi> {
  return muster().activate();
}

/** The demo workspace that is open. */
export function demoFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'No folder is open.');
  return folder.uri.fsPath;
}

/** Its inventory. */
export function demoSources(): readonly SourceRef[] {
  return [{ type: 'muster', path: join(demoFolder(), '.muster', 'inventory.yaml') }];
}

/** A client of the engine beside the extension, as a second window would be one. */
export async function secondWindow(): Promise<AttachedEngine> {
  const extension = muster();
  const attached = await attachEngine({
    context: {
      trusted: true,
      localNodes: 'allowed',
      user: userInfo().username,
      canPrompt: false,
      onClose: 'finish',
    },
    enginePath: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'engine.js').fsPath,
    version: String(extension.packageJSON.version),
    env: process.env,
  });
  assert.ok(attached.ok, attached.ok ? '' : attached.error.message);
  return attached.value;
}

/** Titles of all open editors. */
export function tabTitles(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}

/** Asks again until the answer is there; fails with what it last was. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  isThere: (answer: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > deadline) assert.fail(`Not in ${withinMs} ms; last: ${JSON.stringify(answer)}`);
    await sleep(100);
  }
}
