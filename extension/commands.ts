import * as vscode from 'vscode';
import type { CommandDeps, Handler } from './commandDeps.ts';
import type { CommandId } from './commandIds.ts';
import { cancelBatch, pickBatch, pickExecution } from './features/batchCommands.ts';
import { exportBatch } from './features/exportBatch.ts';
import { freeze, openPolicy, unfreeze } from './features/freeze.ts';
import { stopAgain } from './features/stopAgain.ts';
import { nodesMeantIn } from './features/nodesMeant.ts';
import { forgetSecrets } from './features/run/giveSecrets.ts';
import { runOnMeant, runOnNodes } from './features/run/runFlow.ts';
import { fileCommands } from './fileCommands.ts';
import { historyCommands } from './historyCommands.ts';
import { inventoryCommands } from './inventoryCommands.ts';
import { executionsOf } from './model/historyElement.ts';
import { expressionOfElements } from './model/expression.ts';
import { rowsOf } from './model/rowsOf.ts';
import type { TreeElement } from './model/tree.ts';

/** Every command, and what it does. */
export function createCommands(deps: CommandDeps): Readonly<Record<CommandId, Handler>> {
  const { link, batches, panels, prompts, documents } = deps;
  return {
    'muster.run': () => runOnNodes(deps),
    'muster.newRun': (...args) => newRunOn(deps, rowsOf(args)),
    'muster.runOnItem': (...args) => runOnThese(deps, args),
    ...inventoryCommands(deps),
    ...fileCommands(deps),
    ...historyCommands(deps),
    'muster.openBatch': async (...args) => {
      const batch = batchOf(args) ?? (await pickBatch(link, 'Open Batch'));
      if (batch !== undefined) panels.open(batch);
    },
    'muster.cancelBatch': async (...args) => {
      const running = ({ status }: { status: string }): boolean => status === 'running';
      const batch = batchOf(args) ?? panels.active ?? (await pickBatch(link, 'Cancel Batch', running));
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
      const [row] = executionsOf(args);
      if (row) return documents.open(row.batch, { execution: row.execution.id });
      const batch = batchOf(args) ?? panels.active ?? (await pickBatch(link, 'Open Output: Batch'));
      const execution = batch === undefined ? undefined : await pickExecution(batches, batch);
      if (batch !== undefined && execution !== undefined) await documents.open(batch, { execution });
    },
    'muster.exportBatch': async (...args) => {
      const batch = batchOf(args) ?? panels.active ?? (await pickBatch(link, 'Export Results: Batch'));
      if (batch !== undefined) await exportBatch(link, batch);
    },
    'muster.freeze': () => freeze(deps),
    'muster.unfreeze': () => unfreeze(deps),
    'muster.openPolicy': () => openPolicy(deps),
    'muster.showLog': () => deps.log.show(),
    'muster.showLogOfBatch': async (...args) => {
      const batch = batchOf(args) ?? panels.active ?? (await pickBatch(link, 'Show Log of Batch'));
      if (batch !== undefined) await deps.logs.openLog(batch);
    },
    'muster.showMetrics': () => deps.logs.openMetrics(),
    'muster.forgetSecrets': () => forgetSecrets(deps.secretStorage),
  };
}

export function registerCommands(deps: CommandDeps): vscode.Disposable {
  const owned = Object.entries(createCommands(deps)).map(([id, handler]) =>
    vscode.commands.registerCommand(id, handler),
  );
  return vscode.Disposable.from(...owned);
}

/** On the nodes that a lens above an inventory means, or on rows of the tree. */
function runOnThese(deps: CommandDeps, args: readonly unknown[]): Promise<void> {
  const meant = nodesMeantIn(args);
  return meant ? runOnMeant(deps, meant) : runOnNodes(deps, rowsOf(args));
}

/** The page of New Run, on the rows it was called on; without one it begins with what is ticked. */
async function newRunOn({ newRun, inventory }: CommandDeps, rows: readonly TreeElement[]): Promise<void> {
  if (rows.length === 0) return newRun.open();
  const { index } = await inventory.load();
  await newRun.open({ selection: expressionOfElements(rows, index) });
}

/** A batch is given by its id, or by its row in the history. */
function batchOf([value]: readonly unknown[]): string | undefined {
  if (typeof value === 'string') return value;
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
