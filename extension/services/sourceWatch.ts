import * as path from 'node:path';
import * as vscode from 'vscode';
import type { SourceState } from '../../core/inventory/source.ts';
import type { Disposable } from '../../core/util/emitter.ts';

/** Watches what sources were read from, in the workspace and outside of it, and the time at which they are old. */
export type SourceWatch = Disposable & { follow(sources: readonly SourceState[]): void };

/** More watchers than this cost more than a look at the stamps when somebody asks. */
const mostWatchers = 300;
/** The longest time that a timer can wait. */
const longestMs = 2_147_483_647;

export function watchSources(onChange: () => void): SourceWatch {
  const watchers = new Map<string, vscode.Disposable>();
  let timer: NodeJS.Timeout | undefined;
  const add = (file: string): void => {
    const pattern = new vscode.RelativePattern(vscode.Uri.file(path.dirname(file)), path.basename(file));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const listening = [
      watcher.onDidChange(onChange),
      watcher.onDidCreate(onChange),
      watcher.onDidDelete(onChange),
    ];
    watchers.set(file, vscode.Disposable.from(watcher, ...listening));
  };
  return {
    follow(sources) {
      const files = new Set(sources.flatMap((source) => source.files).slice(0, mostWatchers));
      for (const [file, watcher] of watchers) {
        if (files.has(file)) continue;
        watcher.dispose();
        watchers.delete(file);
      }
      for (const file of files) if (!watchers.has(file)) add(file);
      clearTimeout(timer);
      const next = Math.min(...sources.flatMap(({ expiresAt }) => expiresAt ?? []));
      if (!Number.isFinite(next)) return;
      timer = setTimeout(onChange, Math.min(longestMs, Math.max(1000, next - Date.now())));
    },
    dispose() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.dispose();
    },
  };
}
