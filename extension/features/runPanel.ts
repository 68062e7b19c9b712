import * as vscode from 'vscode';
import type { EngineClient } from '../../core/protocol/client.ts';
import { FromPanel, type Rerun, type ToPanel } from '../../core/protocol/webview.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';
import { type CommandId, inventoryViewId } from '../commandIds.ts';
import { panelTitle } from '../model/titles.ts';
import type { BatchStore } from '../services/batchStore.ts';
import { coalesce } from '../services/coalesce.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { followReruns } from './reruns.ts';
import { saveTable } from './saveTable.ts';
import { stopAgain } from './stopAgain.ts';
import type { BatchEnds } from './batchEnds.ts';
import type { OutputDocuments } from './outputDocuments.ts';
import { createPanelFeed } from './panelFeed.ts';
import { webviewHtml } from './panelHtml.ts';
import type { Prompts } from './prompts.ts';

export type RunPanel = {
  readonly batch: string;
  readonly title: string;
  readonly visible: boolean;
  readonly active: boolean;
  readonly column: vscode.ViewColumn | undefined;
  reveal(): void;
  close(): void;
  /** Stops feeding the panel, leaves it where it is: the next window restores it. */
  release(): void;
};

export type RunPanelDeps = {
  readonly extensionUri: vscode.Uri;
  readonly link: EngineLink;
  readonly batches: BatchStore;
  readonly log: vscode.LogOutputChannel;
  readonly documents: Pick<OutputDocuments, 'open' | 'compare'>;
  readonly selection: Pick<SelectionModel, 'replace'>;
  readonly prompts: Pick<Prompts, 'review'>;
  readonly ends: Pick<BatchEnds, 'seen'>;
  /** A batch of this window is open again after a reload. */
  follow(batch: string): void;
};

/** Milliseconds between two titles of a tab: each is a message to the workbench. */
const tabMs = 500;

/** Feeds one panel: a snapshot when its page says it is ready, then events, at most ten messages a second. */
export function createRunPanel(panel: vscode.WebviewPanel, batch: string, deps: RunPanelDeps): RunPanel {
  const { batches, link, log } = deps;
  const feed = createPanelFeed(panel.webview, batches, batch);
  const repaintTab = coalesce(tabMs, () => {
    const state = batches.states.get(batch);
    if (state) decorate(panel, state, deps.extensionUri);
  });
  const show = (found: readonly Rerun[]): void => feed.post({ type: 'reruns', reruns: found });
  const reruns = followReruns(batch, { link, batches, show, report });
  const owned: Disposable[] = [
    feed,
    reruns,
    batches.retain(batch),
    batches.onDidChange((change) => {
      if (change.batch !== batch) return;
      repaintTab();
      feed.push(change.events);
    }),
    repaintTab,
    link.onGone(() => feed.post({ type: 'engine', text: "Muster's engine ended. Attaching to a new one…" })),
    link.onAttached(() => feed.post({ type: 'engine', text: '' })),
    panel.webview.onDidReceiveMessage((message: unknown) => void receive(message).catch(report)),
    panel.onDidChangeViewState(() => {
      if (!panel.visible) feed.pause();
      else deps.ends.seen(batch);
    }),
  ];
  const release = (): void => owned.splice(0).forEach((each) => each.dispose());
  panel.onDidDispose(release);
  const page = { script: 'panel.js', element: 'muster-run-panel', batch };
  panel.webview.html = webviewHtml(panel.webview, deps.extensionUri, page);
  deps.ends.seen(batch);

  async function receive(message: unknown): Promise<void> {
    const parsed = FromPanel.safeParse(message);
    if (!parsed.success) return log.warn(`A panel sent what is not a message: ${parsed.error.message}`);
    if (parsed.data.type === 'ready') return showSnapshot();
    await act(parsed.data, { batch, deps, post: feed.post });
  }

  async function showSnapshot(): Promise<void> {
    const state = await batches.open(batch);
    if (!state.ok) return feed.post({ type: 'engine', text: state.error.message });
    decorate(panel, state.value, deps.extensionUri);
    feed.start();
    await reruns.look();
  }

  function report(error: unknown): void {
    log.error(error instanceof Error ? error : String(error));
  }

  return handleOf(panel, batch, release);
}

function handleOf(panel: vscode.WebviewPanel, batch: string, release: () => void): RunPanel {
  return {
    batch,
    get title() {
      return panel.title;
    },
    get visible() {
      return panel.visible;
    },
    get active() {
      return panel.active;
    },
    get column() {
      return panel.viewColumn;
    },
    reveal: () => panel.reveal(),
    close: () => panel.dispose(),
    release,
  };
}

type Acting = { batch: string; deps: RunPanelDeps; post: (message: ToPanel) => void };

async function act(message: Exclude<FromPanel, { type: 'ready' }>, acting: Acting): Promise<void> {
  const { batch, deps, post } = acting;
  switch (message.type) {
    case 'cancel': {
      const { which, execution } = message;
      await tell(deps, (client) => client.cancel({ batch, which, execution }));
      return;
    }
    case 'output': {
      const { execution, from, limit, window } = message;
      const page = await tell(deps, (client) => client.output({ batch, execution, from, limit }));
      if (page.ok) post({ type: 'output', page: page.value, window });
      return;
    }
    case 'answers': {
      const { exact } = message;
      const answers = await tell(deps, (client) => client.answers({ batch, exact }));
      if (answers.ok) post({ type: 'answers', answers: answers.value });
      return;
    }
    case 'search': {
      const { type: _type, id, ...query } = message;
      const page = await tell(deps, (client) => client.search({ batch, ...query }));
      post({
        type: 'found',
        id,
        ...(page.ok ? { page: page.value, problem: '' } : { problem: page.error.message }),
      });
      return;
    }
    case 'table': {
      const { type: _type, id, ...query } = message;
      const table = await tell(deps, (client) => client.table({ batch, ...query }));
      post({
        type: 'table',
        id,
        ...(table.ok ? { table: table.value, problem: '' } : { problem: table.error.message }),
      });
      return;
    }
    case 'saveTable':
      return saveTable(batch, message.rows);
    case 'compare':
      return deps.documents.compare(batch, message);
    case 'selectNodes':
      return selectNodes(message.executions, acting);
    case 'rerun':
      return command('muster.rerun', batch, message.which);
    case 'openBatch':
      return command('muster.openBatch', message.batch);
    case 'openOutput':
      return deps.documents.open(batch, message.execution);
    case 'copy':
      return vscode.env.clipboard.writeText(message.text);
    case 'reviewHostKeys':
      return deps.prompts.review(batch);
    case 'control': {
      const { control } = message;
      await tell(deps, (client) => client.control({ batch, control }));
      return;
    }
    case 'stopAgain':
      return stopAgain(deps.link, batch);
  }
}

async function command(id: CommandId, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}

/** Ticks nodes of the batch in the tree, in place of what is ticked, and shows it. */
async function selectNodes(executions: readonly string[], { batch, deps }: Acting): Promise<void> {
  const state = deps.batches.states.get(batch);
  const wanted = new Set(executions);
  const nodes = state?.executions.filter(({ id }) => wanted.has(id)).map(({ node }) => node) ?? [];
  if (nodes.length === 0) return;
  deps.selection.replace({ nodes });
  await vscode.commands.executeCommand(`${inventoryViewId}.focus`);
}

/** Asks the engine; what it refuses goes to the log, as the panel shows what is so anyway. */
async function tell<T>(
  deps: RunPanelDeps,
  ask: (client: EngineClient) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await deps.link.client();
  const answer = client.ok ? await ask(client.value) : client;
  if (!answer.ok) deps.log.warn(answer.error.message);
  return answer;
}

/** Says in the tab how far the batch is. Each change is a message to the window, so only changes are made. */
function decorate(panel: vscode.WebviewPanel, state: BatchState, extension: vscode.Uri): void {
  const title = panelTitle(state);
  if (panel.title === title) return;
  panel.title = title;
  const icon = (theme: string): vscode.Uri =>
    vscode.Uri.joinPath(extension, 'media', `batch-${state.status}-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
}
