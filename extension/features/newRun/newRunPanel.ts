import * as vscode from 'vscode';
import type { ToNewRun } from '../../../core/protocol/newRun.ts';
import type { SomeOfForm } from '../../../core/run/form/form.ts';
import type { Disposable } from '../../../core/util/emitter.ts';
import { newRunPanelType } from '../../commandIds.ts';
import { createTemplates } from '../../services/templates.ts';
import { webviewHtml, webviewOptions } from '../panelHtml.ts';
import { tickedExpression } from '../run/chooseTargets.ts';
import { servePage, type ServeDeps } from './servePage.ts';

export type NewRunDeps = Omit<ServeDeps, 'templates'> & {
  readonly extensionUri: vscode.Uri;
  readonly state: vscode.Memento;
};

export type NewRun = Disposable & {
  /** Opens the form, or brings it to the front; `form` fills it in. */
  open(form?: SomeOfForm): Promise<void>;
};

/** The page on which a run is put together: targets, what is run on them, how. One at a time. */
export function createNewRun(given: NewRunDeps): NewRun {
  const deps = { ...given, templates: createTemplates(given.state) };
  let panel: vscode.WebviewPanel | undefined;
  const adopt = (webviewPanel: vscode.WebviewPanel, first: SomeOfForm | undefined): void => {
    panel = webviewPanel;
    const { webview } = webviewPanel;
    const owned = servePage(webviewPanel, first, deps);
    webview.html = webviewHtml(webview, deps.extensionUri, {
      script: 'newRun.js',
      element: 'muster-new-run',
    });
    webviewPanel.onDidDispose(() => {
      owned.forEach((each) => each.dispose());
      if (panel === webviewPanel) panel = undefined;
    });
  };
  const serializer = vscode.window.registerWebviewPanelSerializer(newRunPanelType, {
    deserializeWebviewPanel: async (webviewPanel) => {
      webviewPanel.webview.options = webviewOptions(deps.extensionUri);
      adopt(webviewPanel, undefined);
    },
  });
  return {
    async open(form) {
      const first = form ?? { selection: tickedExpression(deps, (await deps.inventory.load()).index) };
      if (panel) {
        panel.reveal();
        if (form) await panel.webview.postMessage({ type: 'form', form } satisfies ToNewRun);
        return;
      }
      const options = webviewOptions(deps.extensionUri);
      adopt(
        vscode.window.createWebviewPanel(newRunPanelType, 'New Run', vscode.ViewColumn.Active, options),
        first,
      );
    },
    dispose() {
      serializer.dispose();
    },
  };
}
