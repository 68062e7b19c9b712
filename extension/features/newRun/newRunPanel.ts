import * as vscode from 'vscode';
import type { SomeOfForm } from '../../../core/run/form/form.ts';
import type { Disposable } from '../../../core/util/emitter.ts';
import { newRunPanelType } from '../../commandIds.ts';
import { createPresets } from '../../services/presets.ts';
import { webviewHtml, webviewOptions } from '../panelHtml.ts';
import { tickedExpression } from '../run/chooseTargets.ts';
import { servePage, type ServeDeps, type Served } from './servePage.ts';

export type NewRunDeps = Omit<ServeDeps, 'presets' | 'used'> & {
  readonly extensionUri: vscode.Uri;
  /** Of this workspace. */
  readonly state: vscode.Memento;
  /** Of the person, for all workspaces. */
  readonly userState: vscode.Memento;
};

export type NewRun = Disposable & {
  /** Opens the form, or brings it to the front; `form` fills it in. */
  open(form?: SomeOfForm): Promise<void>;
};

/** The targets of the last run of this page: where it begins when nothing is ticked. */
const lastKey = 'muster.lastSelection';

/** The page on which a run is put together: targets, what is run on them, how. One at a time. */
export function createNewRun(given: NewRunDeps): NewRun {
  const { state, userState } = given;
  const presets = createPresets({ workspace: state, user: userState });
  const used = (selection: string): void => void state.update(lastKey, selection);
  const deps = { ...given, presets, used };
  let shown: { readonly panel: vscode.WebviewPanel; readonly served: Served } | undefined;
  const adopt = (webviewPanel: vscode.WebviewPanel, first: SomeOfForm | undefined): void => {
    const { webview } = webviewPanel;
    const served = servePage(webviewPanel, first, deps);
    shown = { panel: webviewPanel, served };
    webview.html = webviewHtml(webview, deps.extensionUri, {
      script: 'newRun.js',
      element: 'muster-new-run',
    });
    webviewPanel.onDidDispose(() => {
      served.dispose();
      if (shown?.panel === webviewPanel) shown = undefined;
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
      const ticked = form ? '' : tickedExpression(deps, (await deps.inventory.load()).index);
      const first = form ?? { selection: ticked || state.get(lastKey, '') };
      if (shown) {
        shown.panel.reveal();
        if (form) shown.served.fill(form);
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
