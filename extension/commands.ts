import * as vscode from 'vscode';
import type { CommandId } from './commandIds.ts';
import type { DemoFleet } from './features/demoFleet.ts';
import { cancelBatch, pickBatch, pickExecution } from './features/batchCommands.ts';
import { freeze, openPolicy, unfreeze } from './features/freeze.ts';
import type { HistoryView } from './features/historyView.ts';
import { stopAgain } from './features/stopAgain.ts';
import type { OutputDocuments } from './features/outputDocuments.ts';
import type { Prompts } from './features/prompts.ts';
import type { RunPanels } from './features/runPanels.ts';
import { type RunDeps, runOnNodes } from './features/run/runFlow.ts';
import type { NodePages } from './features/nodePages.ts';
import type { SavedSelections } from './features/savedSelections.ts';
import { inventoryCommands } from './inventoryCommands.ts';
import { rowsOf } from './model/rowsOf.ts';
import type { BatchStore } from './services/batchStore.ts';
import type { RuleState } from './services/ruleState.ts';
import type { ViewState } from './services/viewState.ts';

export type CommandDeps = RunDeps & {
  readonly viewState: ViewState;
  readonly rules: RuleState;
  readonly pages: NodePages;
  readonly demo: DemoFleet;
  readonly saved: SavedSelections;
  readonly batches: BatchStore;
  readonly panels: RunPanels;
  readonly prompts: Prompts;
  readonly documents: OutputDocuments;
  readonly historyView: HistoryView;
  readonly log: vscode.LogOutputChannel;
};

/** What VS Code passes to a handler depends on where the command was called: the row, then all highlighted rows. */
export type Handler = (...args: readonly unknown[]) => unknown;

/** Every command, and what it does. */
export function createCommands(deps: CommandDeps): Readonly<Record<CommandId, Handler>> {
  const { link, batches, panels, prompts, documents } = deps;
  return {
    'muster.run': () => runOnNodes(deps),
    'muster.runOnItem': (...args) => runOnNodes(deps, rowsOf(args)),
    ...inventoryCommands(deps),
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
    'muster.stopAgain': async (...args) => {
      const ended = ({ status }: { status: string }): boolean => status !== 'running';
      const batch = batchOf(args) ?? panels.active ?? (await pickBatch(link, 'Stop Again', ended));
      if (batch !== undefined) await stopAgain(link, batch);
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
    'muster.freeze': () => freeze(deps),
    'muster.unfreeze': () => unfreeze(deps),
    'muster.openPolicy': () => openPolicy(deps),
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

/** A batch is given by its id, or by its row in the history. */
function batchOf([value]: readonly unknown[]): string | undefined {
  if (typeof value === 'string') return value;
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
