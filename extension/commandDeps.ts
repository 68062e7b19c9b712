import type * as vscode from 'vscode';
import type { DemoFleet } from './features/demoFleet.ts';
import type { HistoryView } from './features/history/historyView.ts';
import type { LogDocuments } from './features/logDocuments.ts';
import type { OutputDocuments } from './features/outputDocuments.ts';
import type { Prompts } from './features/prompts.ts';
import type { RunPanels } from './features/runPanels.ts';
import type { JournalView } from './features/journalView.ts';
import type { NodePages } from './features/nodePages.ts';
import type { SavedSelections } from './features/savedSelections.ts';
import type { BatchStore } from './services/batchStore.ts';
import type { Journals } from './services/journals.ts';
import type { RuleState } from './services/ruleState.ts';
import type { ViewState } from './services/viewState.ts';
import type { NewRun } from './features/newRun/newRunPanel.ts';
import type { PlaybookFiles } from './services/playbookFiles.ts';
import type { RunDeps } from './features/run/runFlow.ts';

/** What commands work with. */
export type CommandDeps = RunDeps & {
  readonly viewState: ViewState;
  readonly rules: RuleState;
  readonly pages: NodePages;
  readonly journals: Journals;
  readonly journalView: JournalView;
  readonly demo: DemoFleet;
  readonly saved: SavedSelections;
  readonly batches: BatchStore;
  readonly panels: RunPanels;
  readonly prompts: Prompts;
  readonly documents: OutputDocuments;
  readonly historyView: HistoryView;
  readonly newRun: NewRun;
  readonly playbooks: PlaybookFiles;
  readonly log: vscode.LogOutputChannel;
  readonly logs: LogDocuments;
  readonly secretStorage: vscode.SecretStorage;
};

/** What VS Code passes to a handler depends on where the command was called: the row, then all highlighted rows. */
export type Handler = (...args: readonly unknown[]) => unknown;
