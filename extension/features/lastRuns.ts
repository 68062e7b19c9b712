import * as vscode from 'vscode';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { lastRunTitle, lensLine, newestOf } from '../model/lastRun.ts';
import type { BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { newestBatches } from '../services/historyPages.ts';

/** Batches of playbooks and tasks that are looked through. */
const most = 300;

/** Above playbooks and tasks: how their last run went, with a click to see it. */
export function showLastRuns({ link, batches }: { link: EngineLink; batches: BatchStore }): Disposable {
  const changed = new vscode.EventEmitter<void>();
  const statuses = new Map<string, string>();
  let known: Promise<readonly BatchSummary[]> | undefined;
  const load = async (): Promise<readonly BatchSummary[]> => {
    const found = await newestBatches(link, { kinds: ['playbook'] }, most);
    return found.ok ? found.value.rows : [];
  };
  const follow = batches.onDidChange(({ batch, state: { status } }) => {
    if (statuses.get(batch) === status) return;
    statuses.set(batch, status);
    known = undefined;
    changed.fire();
  });
  const lenses = vscode.languages.registerCodeLensProvider(
    ['muster-playbook', 'muster-task'].map((language) => ({ language, scheme: 'file' })),
    {
      onDidChangeCodeLenses: changed.event,
      async provideCodeLenses(document) {
        const line = lensLine(document.getText());
        // Whoever does not trust the workspace starts no engine because of a file in it.
        if (line === undefined || !vscode.workspace.isTrusted) return [];
        const last = newestOf(document.uri.fsPath, await (known ??= load()));
        if (!last) return [];
        const title = lastRunTitle(last, Date.now());
        const place = new vscode.Range(line, 0, line, 0);
        return [new vscode.CodeLens(place, { title, command: 'muster.openBatch', arguments: [last.id] })];
      },
    },
  );
  return vscode.Disposable.from(follow, lenses, changed);
}
