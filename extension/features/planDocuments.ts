import * as vscode from 'vscode';
import type { PlanPreview } from '../../core/protocol/start.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { planLines } from '../../core/run/planLines.ts';
import { visible } from '../../core/util/visible.ts';
import { planScheme } from '../commandIds.ts';

export type PlanDocuments = Disposable & {
  /** Opens what a plan would do as a read-only text document. Nothing runs by it. */
  open(preview: PlanPreview): Promise<void>;
};

/** Plans are texts as they were when they were made; each opening is a document of its own. */
export function providePlanDocuments(): PlanDocuments {
  const texts = new Map<string, string>();
  const owned = [
    vscode.workspace.registerTextDocumentContentProvider(planScheme, {
      provideTextDocumentContent: ({ query }) =>
        texts.get(query) ?? 'This plan is gone. Make it again to see what would run now.\n',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === planScheme) texts.delete(uri.query);
    }),
  ];
  return {
    async open(preview) {
      const [title = 'plan', ...lines] = planLines(preview).map(visible);
      const query = preview.plan.hash;
      texts.set(query, [title, ...lines, 'Nothing was run.', ''].join('\n'));
      const name = title.slice(0, 60).replaceAll(/[/\\]/g, '_');
      const uri = vscode.Uri.from({ scheme: planScheme, path: `/Plan: ${name}.txt`, query });
      await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Active });
    },
    dispose: () => owned.forEach((each) => each.dispose()),
  };
}
