import type * as vscode from 'vscode';
import { createApi, type MusterApi } from './api.ts';
import { registerCommands } from './commands.ts';
import { tellBatchEnds } from './features/batchEnds.ts';
import { provideDemoFleet } from './features/demoFleet.ts';
import { watchEngine } from './features/engineGone.ts';
import { followInventory } from './features/followInventory.ts';
import { showHistoryView } from './features/history/historyView.ts';
import { showInventory } from './features/inventory.ts';
import { startLanguageClient } from './features/languageClient.ts';
import { showLastRuns } from './features/lastRuns.ts';
import { offerLanguage } from './features/offerLanguage.ts';
import { provideOutputDocuments } from './features/outputDocuments.ts';
import { showLogs } from './features/logDocuments.ts';
import { createNewRun } from './features/newRun/newRunPanel.ts';
import { showPlaybooks } from './features/playbooks/showPlaybooks.ts';
import { answerPrompts } from './features/prompts.ts';
import { type RunPanels, showRunPanels } from './features/runPanels.ts';
import { showStatus } from './features/statusBar.ts';
import { createServices, type Own } from './services/createServices.ts';

/** Makes the services, registers the features. Nothing here reads a disk, opens a socket or starts a process, but for the demo fleet in its own folder. */
export function activate(context: vscode.ExtensionContext): MusterApi {
  const own: Own = (value) => (context.subscriptions.push(value), value);
  const { extensionUri, workspaceState, globalState, secrets: secretStorage } = context;

  const services = createServices(context, own);
  const { log, link, batches, inventory, rules, selection, outcomes } = services;

  const tree = own(showInventory({ context, link, inventory, selection, outcomes, rules }));
  const demo = own(provideDemoFleet({ context, inventory }));
  const historyView = own(showHistoryView({ link, batches, log }));
  const documents = own(provideOutputDocuments(link, batches));
  const logs = own(showLogs({ link, batches, log }));
  const prompts = own(answerPrompts(link, batches));
  const ends = own(tellBatchEnds({ batches, panels: (): RunPanels => panels }));
  const follow = (batch: string): void => [ends, prompts].forEach((each) => each.follow(batch));
  const shown = { extensionUri, link, batches, selection, log, documents, prompts, ends, follow };
  const panels = own(showRunPanels(shown));
  const started = (batch: string, origin?: string): void => (follow(batch), panels.open(batch, origin));
  const highlighted = () => tree.view.highlighted;

  own(showStatus({ batches, selection, ends, rules, view: tree.view }));
  own(watchEngine(link, batches));
  own(followInventory(inventory));
  own(startLanguageClient(context, { inventory, link, log, settings: services.settings }));
  own(offerLanguage());
  own(showLastRuns({ link, batches }));
  const files = own(showPlaybooks(link));
  const run = { ...services, ...shown, ...tree, ...files, highlighted, started, secretStorage };
  const newRun = own(createNewRun({ ...run, state: workspaceState, userState: globalState }));
  own(registerCommands({ ...run, demo, panels, historyView, newRun, logs }));
  return createApi({ link, inventory, selection, panels });
}
