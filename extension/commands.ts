import * as vscode from 'vscode';
import type { CommandId } from './commandIds.ts';
import { cancelBatch, pickBatch, pickExecution } from './features/batchCommands.ts';
import type { HistoryView } from './features/historyView.ts';
import { createInventory, goToDefinition, goToProblem } from './features/inventoryFile.ts';
import type { OutputDocuments } from './features/outputDocuments.ts';
import type { Prompts } from './features/prompts.ts';
import type { RunPanels } from './features/runPanels.ts';
import { askSelection } from './features/run/askSelection.ts';
import { type RunDeps, runOnNodes } from './features/run/runFlow.ts';
import { expressionOf, nodesOf } from './model/expression.ts';
import { invertTicks, matchTicks } from './model/ticks.ts';
import { foldNames } from '../core/selection/nodeset.ts';
import type { TreeElement } from './model/tree.ts';
import type { BatchStore } from './services/batchStore.ts';

export type CommandDeps = RunDeps & {
  readonly batches: BatchStore;
  readonly panels: RunPanels;
  readonly prompts: Prompts;
  readonly documents: OutputDocuments;
  readonly historyView: HistoryView;
  readonly log: vscode.LogOutputChannel;
};

/** What VS Code passes to a handler depends on where the command was called: the row, then all highlighted rows. */
type Handler = (...args: readonly unknown[]) => unknown;

/** Every command, and what it does. */
export function createCommands(deps: CommandDeps): Readonly<Record<CommandId, Handler>> {
  const { link, inventory, selection, batches, panels, prompts, documents } = deps;
  const names = async (): Promise<readonly string[]> =>
    (await inventory.load()).index.inventory.nodes.map((node) => node.name);
  return {
    'muster.run': () => runOnNodes(deps),
    'muster.runOnItem': (...args) => runOnNodes(deps, rowsOf(args)),
    'muster.selectAll': async () => selection.replace(await names()),
    'muster.clearSelection': () => selection.replace([]),
    'muster.invertSelection': async () => selection.replace(invertTicks(selection.ticks, await names())),
    'muster.selectByExpression': () => selectByExpression(deps),
    'muster.refreshInventory': () => inventory.refresh(),
    'muster.createInventory': () => createInventory(inventory),
    'muster.goToInventoryProblem': () => goToProblem(inventory),
    'muster.goToDefinition': async (...args) => {
      const [row] = rowsOf(args);
      if (row) await goToDefinition(row);
    },
    'muster.copyNodeNames': async (...args) => {
      const { index } = await inventory.load();
      await vscode.env.clipboard.writeText(foldNames(nodesOf(rowsOf(args), index)));
    },
    'muster.openBatch': async (...args) => {
      const batch = batchOf(args) ?? (await pickBatch(link, 'Open Batch'));
      if (batch !== undefined) panels.open(batch);
    },
    'muster.cancelBatch': async (...args) => {
      const running = (status: string): boolean => status === 'running';
      const batch =
        batchOf(args) ??
        panels.active ??
        (await pickBatch(link, 'Cancel Batch', ({ status }) => running(status)));
      if (batch !== undefined) await cancelBatch(link, batch);
    },
    'muster.reviewHostKeys': async (...args) => {
      const batch = batchOf(args) ?? panels.active;
      if (batch !== undefined) await prompts.review(batch);
    },
    'muster.openOutput': async (...args) => {
      const batch = batchOf(args) ?? panels.active ?? (await pickBatch(link, 'Open Output: Batch'));
      const execution = batch === undefined ? undefined : await pickExecution(batches, batch);
      if (batch !== undefined && execution !== undefined) await documents.open(batch, execution);
    },
    'muster.refreshHistory': () => deps.historyView.refresh(),
    'muster.showLog': () => deps.log.show(),
  };
}

export function registerCommands(deps: CommandDeps): vscode.Disposable {
  const owned = Object.entries(createCommands(deps)).map(([id, handler]) =>
    vscode.commands.registerCommand(id, handler),
  );
  return vscode.Disposable.from(...owned);
}

async function selectByExpression({ inventory, selection }: CommandDeps): Promise<void> {
  const { index } = await inventory.load();
  const names = index.inventory.nodes.map((node) => node.name);
  const ticked = matchTicks(selection.ticks, names).present;
  const chosen = await askSelection(index, expressionOf(ticked, index));
  if (chosen) selection.replace(chosen.nodes);
}

/** The highlighted rows where there are several, else the row the command was called on. */
function rowsOf([row, rows]: readonly unknown[]): readonly TreeElement[] {
  if (Array.isArray(rows) && rows.length > 0) return rows.filter(isRow);
  return isRow(row) ? [row] : [];
}

function isRow(value: unknown): value is TreeElement {
  return typeof value === 'object' && value !== null && 'kind' in value && 'nodes' in value;
}

/** A batch is given by its id, or by its row in the history. */
function batchOf([value]: readonly unknown[]): string | undefined {
  if (typeof value === 'string') return value;
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
