import * as vscode from 'vscode';
import type { EngineClient } from '../../core/protocol/client.ts';
import { tallyText } from '../../core/log/tallyText.ts';
import { shortId } from '../../core/run/format.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { logScheme } from '../commandIds.ts';
import { type BatchLogDeps, logBatches } from './batchLog.ts';
import { logLine } from '../model/logText.ts';
import { coalesce } from '../services/coalesce.ts';

export type LogDocuments = Disposable & {
  /** Opens all there is about a batch; the document grows while the batch runs. */
  openLog(batch: string): Promise<void>;
  /** Opens what the engine has counted since it started. */
  openMetrics(): Promise<void>;
};

/** Milliseconds between two looks at a batch that runs. */
const refreshMs = 1000;
/** Records of a document: the newest. */
const mostRecords = 100_000;

/** Everything that the log is seen in: the output channel, and documents. */
export function showLogs(deps: BatchLogDeps): LogDocuments {
  const { link, batches } = deps;
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const refreshes = new Map<string, (() => void) & Disposable>();
  const open = async (uri: vscode.Uri): Promise<void> => {
    const isOpen = vscode.workspace.textDocuments.some((each) => each.uri.toString() === uri.toString());
    if (isOpen) changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  };
  const owned: Disposable[] = [
    changed,
    logBatches(deps),
    vscode.workspace.registerTextDocumentContentProvider(logScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async ({ query }) => {
        const client = await link.client();
        if (!client.ok) return client.error.message;
        return query === '' ? metricsText(client.value) : logText(client.value, query);
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme !== logScheme) return;
      refreshes.get(uri.query)?.dispose();
      refreshes.delete(uri.query);
    }),
    batches.onDidChange(({ batch, events }) => {
      if (events.length > 0) refreshes.get(batch)?.();
    }),
  ];
  return {
    async openLog(batch) {
      const uri = vscode.Uri.from({ scheme: logScheme, path: `/Batch ${shortId(batch)}.log`, query: batch });
      if (!refreshes.has(batch))
        refreshes.set(
          batch,
          coalesce(refreshMs, () => changed.fire(uri)),
        );
      await open(uri);
    },
    openMetrics: () => open(vscode.Uri.from({ scheme: logScheme, path: '/Figures of the engine.txt' })),
    dispose: () => [...owned, ...refreshes.values()].forEach((each) => each.dispose()),
  };
}

async function logText(client: EngineClient, batch: string): Promise<string> {
  const page = await client.log({ batch, level: 'trace', limit: mostRecords });
  if (!page.ok) return page.error.message;
  return page.value.records.map((record) => `${logLine(record)}\n`).join('');
}

async function metricsText(client: EngineClient): Promise<string> {
  const metrics = await client.metrics({});
  if (!metrics.ok) return metrics.error.message;
  const { queue } = metrics.value;
  const waiting =
    queue && `queue        ${queue.queued} wait, ${queue.running} run, of at most ${queue.limit}\n`;
  return `${tallyText(metrics.value)}${waiting ?? ''}`;
}
