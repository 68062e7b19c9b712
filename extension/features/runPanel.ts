import type { RunPanelDeps } from './panel/runPanelDeps.ts';
import * as vscode from 'vscode';
import { FromPanel } from '../../core/protocol/fromPanel.ts';
import { type Rerun } from '../../core/protocol/webview.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { panelTitle } from '../model/titles.ts';
import { coalesce } from '../services/coalesce.ts';
import { followReruns } from './reruns.ts';
import { actForPanel } from './panel/actForPanel.ts';
import { tellUsualTime } from './panel/tellUsualTime.ts';
import { createPanelFeed } from './panelFeed.ts';
import { webviewHtml } from './panelHtml.ts';

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
    await actForPanel(parsed.data, { batch, deps, post: feed.post });
  }

  async function showSnapshot(): Promise<void> {
    const state = await batches.open(batch);
    if (!state.ok) return feed.post({ type: 'engine', text: state.error.message });
    decorate(panel, state.value, deps.extensionUri);
    feed.start();
    await Promise.all([reruns.look(), tellUsualTime(state.value, link, feed.post)]);
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

/** Says in the tab how far the batch is. Each change is a message to the window, so only changes are made. */
function decorate(panel: vscode.WebviewPanel, state: BatchState, extension: vscode.Uri): void {
  const title = panelTitle(state);
  if (panel.title === title) return;
  panel.title = title;
  const icon = (theme: string): vscode.Uri =>
    vscode.Uri.joinPath(extension, 'media', `batch-${state.status}-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
}
