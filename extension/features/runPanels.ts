import * as vscode from 'vscode';
import { PanelState } from '../../core/protocol/webview.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { runPanelType } from '../commandIds.ts';
import { createRunPanel, type RunPanel } from './runPanel.ts';
import type { RunPanelDeps } from './panel/runPanelDeps.ts';
import { webviewOptions } from './panelHtml.ts';

/** The run panels of this window, one a batch. */
export type RunPanels = Disposable & {
  /** Opens the panel of a batch, or brings it to the front; a new one takes the place of that of `instead`. */
  open(batch: string, instead?: string): void;
  /** Closes the panel of a batch that is no more, where it has one. */
  close(batch: string): void;
  isVisible(batch: string): boolean;
  /** The batch whose panel is in front. */
  readonly active: string | undefined;
  readonly all: readonly RunPanel[];
};

export function showRunPanels(deps: RunPanelDeps): RunPanels {
  const panels = new Map<string, RunPanel>();
  const { extensionUri } = deps;

  const adopt = (webviewPanel: vscode.WebviewPanel, batch: string): void => {
    const panel = createRunPanel(webviewPanel, batch, deps);
    panels.set(batch, panel);
    webviewPanel.onDidDispose(() => {
      if (panels.get(batch) === panel) panels.delete(batch);
    });
  };

  const serializer = vscode.window.registerWebviewPanelSerializer(runPanelType, {
    deserializeWebviewPanel: async (webviewPanel, state: unknown) => {
      const parsed = PanelState.safeParse(state);
      if (!parsed.success) return webviewPanel.dispose();
      webviewPanel.webview.options = webviewOptions(extensionUri);
      adopt(webviewPanel, parsed.data.batch);
      deps.follow(parsed.data.batch);
    },
  });

  return {
    open: (batch, instead) => {
      const known = panels.get(batch);
      if (known) return known.reveal();
      const before = instead === undefined ? undefined : panels.get(instead);
      const column = before?.column ?? columnFor([...panels.values()]);
      adopt(
        vscode.window.createWebviewPanel(runPanelType, 'Muster', column, webviewOptions(extensionUri)),
        batch,
      );
      before?.close();
    },
    close: (batch) => panels.get(batch)?.close(),
    isVisible: (batch) => panels.get(batch)?.visible ?? false,
    get active() {
      return [...panels.values()].find((panel) => panel.active)?.batch;
    },
    get all() {
      return [...panels.values()];
    },
    dispose: () => {
      serializer.dispose();
      for (const panel of panels.values()) panel.release();
    },
  };
}

/** Where another panel is, else beside the text one is looking at. */
function columnFor(panels: readonly RunPanel[]): vscode.ViewColumn {
  const other = panels.find((panel) => panel.visible)?.column;
  if (other !== undefined) return other;
  return vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
