import * as vscode from 'vscode';
import { shortId } from '../../core/run/format.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { outputScheme } from '../commandIds.ts';
import type { BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { outputText, type WantedOutput } from '../services/outputText.ts';

/** An output, or what it has of a step. */
type Which = Omit<WantedOutput, 'batch'>;

export type OutputDocuments = Disposable & {
  /** Opens an output as a read-only text document, as it arrived, escape sequences removed. */
  open(batch: string, which: Which): Promise<void>;
  /** Opens the diff editor on the outputs of two executions, or on what they have of a step. */
  compare(
    batch: string,
    wanted: Which & { readonly majority: string; readonly title: string },
  ): Promise<void>;
};

export function provideOutputDocuments(link: EngineLink, batches: BatchStore): OutputDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const shown = new Map<string, vscode.Uri>();
  const stateOf = async (batch: string) => {
    const state = await batches.open(batch);
    return state.ok ? state.value : undefined;
  };
  /** The document of an output, which is read anew when its execution ends. */
  const show = async (wanted: WantedOutput): Promise<vscode.Uri> => {
    const { batch, execution } = wanted;
    const state = await stateOf(batch);
    const node = state?.executions.find(({ id }) => id === execution)?.node;
    const uri = uriOf(wanted, node || execution);
    shown.set(uri.query, uri);
    return uri;
  };
  const owned: Disposable[] = [
    changed,
    vscode.workspace.registerTextDocumentContentProvider(outputScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const client = await link.client();
        if (!client.ok) return client.error.message;
        const wanted = wantedIn(uri.query);
        return outputText(client.value, wanted, await stateOf(wanted.batch));
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.query)),
    batches.onDidChange(({ batch, events }) => {
      if (shown.size === 0) return;
      const ended = new Set(
        events.flatMap((event) => (event.type === 'executionFinished' ? [event.execution] : [])),
      );
      for (const [query, uri] of shown) {
        const wanted = wantedIn(query);
        if (wanted.batch === batch && ended.has(wanted.execution)) changed.fire(uri);
      }
    }),
  ];
  return {
    open: async (batch, which) => {
      await vscode.window.showTextDocument(await show({ batch, ...which }), { preview: true });
    },
    compare: async (batch, { majority, execution, step, title }) => {
      const left = await show({ batch, execution: majority, step });
      const right = await show({ batch, execution, step });
      await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
    },
    dispose: () => owned.forEach((each) => each.dispose()),
  };
}

function uriOf(wanted: WantedOutput, node: string): vscode.Uri {
  const name = `${node}${wanted.step === undefined ? '' : ` ${wanted.step}`}`;
  return vscode.Uri.from({
    scheme: outputScheme,
    path: `/${shortId(wanted.batch)}/${name.replaceAll('/', '_')}.txt`,
    query: queryOf(wanted),
  });
}

function queryOf({ batch, execution, step }: WantedOutput): string {
  return new URLSearchParams({ batch, execution, ...(step !== undefined && { step }) }).toString();
}

function wantedIn(text: string): WantedOutput {
  const query = new URLSearchParams(text);
  const step = query.get('step') ?? undefined;
  return { batch: query.get('batch') ?? '', execution: query.get('execution') ?? '', step };
}
