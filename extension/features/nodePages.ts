import * as vscode from 'vscode';
import type { NodeDetail } from '../../core/inventory/detail.ts';
import type { Result } from '../../core/util/errors.ts';
import { outcomeLook } from '../../core/run/format.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { nodeScheme } from '../commandIds.ts';
import { nodePage } from '../model/nodePage.ts';
import { ago } from '../model/time.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { Outcomes } from '../services/outcomes.ts';
import type { Journals } from '../services/journals.ts';
import type { Reaches } from '../services/reaches.ts';

export type NodePages = Disposable & {
  /** Opens the page of a node, which follows the inventory while it is open. */
  open(node: string): Promise<void>;
  detail(node: string): Promise<Result<NodeDetail>>;
};

type Deps = {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly outcomes: Outcomes;
  readonly reaches: Reaches;
  readonly journals: Journals;
};

/** Entries of the journal on the page. */
const journalLines = 20;

/** Relative to the folder of the workspace that it is in. */
export function shorten(path: string): string {
  return vscode.workspace.asRelativePath(path);
}

/** Read-only documents with everything that is known about a node. */
export function provideNodePages({ link, inventory, outcomes, reaches, journals }: Deps): NodePages {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const detail = async (node: string): Promise<Result<NodeDetail>> => {
    const { sources } = await inventory.load();
    const client = await link.client();
    return client.ok ? client.value.node({ sources, node }) : client;
  };
  const repaint = (): void => {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === nodeScheme) changed.fire(uri);
  };
  const owned: Disposable[] = [
    changed,
    inventory.onDidChange(repaint),
    reaches.onDidChange(repaint),
    journals.onDidChange(repaint),
    vscode.workspace.registerTextDocumentContentProvider(nodeScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async ({ query }) => {
        const known = await detail(query);
        if (!known.ok) return `${known.error.message}\n`;
        const last = outcomes.last.get(query);
        const lastRun = last && `${outcomeLook[last.status].inSentence}, ${ago(last.at, Date.now())}`;
        const page = await journals.read(query, journalLines);
        const journal = page.ok ? page.value : undefined;
        return nodePage({ detail: known.value, reach: reaches.last.get(query), lastRun, journal, shorten });
      },
    }),
  ];
  return {
    async open(node) {
      const uri = vscode.Uri.from({
        scheme: nodeScheme,
        path: `/${node.replaceAll('/', '_')}.txt`,
        query: node,
      });
      await vscode.window.showTextDocument(uri, { preview: true });
    },
    detail,
    dispose: () => owned.forEach((each) => each.dispose()),
  };
}
