import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { liveSettings } from '../settings.ts';
import { createBatchStore } from './batchStore.ts';
import { createCommandHistory } from './commandHistory.ts';
import { createEngineLink } from './engineLink.ts';
import { createInventoryStore } from './inventoryStore.ts';
import { createOutcomes } from './outcomes.ts';
import { createRuleState } from './ruleState.ts';
import { createSelectionModel } from './selectionModel.ts';

/** Who takes care that something is given back in the end. */
export type Own = <T extends Disposable>(value: T) => T;

/** What features work with. Making them reads no disk, opens no socket and starts no process. */
export function createServices(context: vscode.ExtensionContext, own: Own) {
  const log = own(vscode.window.createOutputChannel('Muster', { log: true }));
  const report = (error: unknown): void => log.error(String(error));
  const settings = liveSettings();
  const link = own(createEngineLink({ context, settings, log }));
  const batches = own(createBatchStore(link, report));
  const inventory = own(createInventoryStore({ link, settings, log }));
  const rules = own(createRuleState({ link, inventory, report }));
  const selection = createSelectionModel(context.workspaceState);
  const outcomes = own(createOutcomes(batches));
  const history = createCommandHistory(context.workspaceState);
  return { log, settings, link, batches, inventory, rules, selection, outcomes, history };
}
