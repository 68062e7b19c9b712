import { stripVTControlCharacters } from 'node:util';
import * as vscode from 'vscode';
import { formatBytes, shortId } from '../../core/run/format.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { outputScheme } from '../commandIds.ts';
import type { BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';

export type OutputDocuments = Disposable & {
  /** Opens all output of an execution as a read-only text document, as it arrived, escape sequences removed. */
  open(batch: string, execution: string): Promise<void>;
  /** Opens the diff editor on the outputs of two executions. */
  compare(batch: string, wanted: { majority: string; execution: string; title: string }): Promise<void>;
};

const pageBytes = 1_048_576;
const bytesAtMost = 50 * 1_048_576;

export function provideOutputDocuments(link: EngineLink, batches: BatchStore): OutputDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const shown = new Map<string, vscode.Uri>();
  /** The document of an output, which is read anew when its execution ends. */
  const show = async (batch: string, execution: string): Promise<vscode.Uri> => {
    const state = await batches.open(batch);
    const node = state.ok && state.value.executions.find((each) => each.id === execution)?.node;
    const uri = vscode.Uri.from({
      scheme: outputScheme,
      path: `/${shortId(batch)}/${(node || execution).replaceAll('/', '_')}.txt`,
      query: queryOf(batch, execution),
    });
    shown.set(uri.query, uri);
    return uri;
  };
  const owned: Disposable[] = [
    changed,
    vscode.workspace.registerTextDocumentContentProvider(outputScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const client = await link.client();
        return client.ok ? readAll(client.value, uri) : client.error.message;
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.query)),
    batches.onDidChange(({ batch, events }) => {
      for (const event of events) {
        if (event.type !== 'executionFinished') continue;
        const uri = shown.get(queryOf(batch, event.execution));
        if (uri) changed.fire(uri);
      }
    }),
  ];
  return {
    open: async (batch, execution) => {
      await vscode.window.showTextDocument(await show(batch, execution), { preview: true });
    },
    compare: async (batch, { majority, execution, title }) => {
      const [left, right] = [await show(batch, majority), await show(batch, execution)];
      await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
    },
    dispose: () => owned.forEach((each) => each.dispose()),
  };
}

function queryOf(batch: string, execution: string): string {
  return new URLSearchParams({ batch, execution }).toString();
}

async function readAll(client: EngineClient, uri: vscode.Uri): Promise<string> {
  const query = new URLSearchParams(uri.query);
  const batch = query.get('batch') ?? '';
  const execution = query.get('execution') ?? '';
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const answer = await client.output({ batch, execution, from, limit: pageBytes });
    if (!answer.ok) return answer.error.message;
    const { chunks, next, total } = answer.value;
    for (const chunk of chunks) parts.push(chunk.text);
    if (next >= bytesAtMost && total > next) {
      parts.push(`\n… ${formatBytes(total - next)} more on disk.`);
      break;
    }
    if (next >= total || next <= from) break;
    from = next;
  }
  return stripVTControlCharacters(parts.join('')) || 'No output.';
}
