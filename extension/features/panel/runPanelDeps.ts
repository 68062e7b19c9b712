import type * as vscode from 'vscode';
import type { BatchStore } from '../../services/batchStore.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import type { SelectionModel } from '../../services/selectionModel.ts';
import type { OutputDocuments } from '../outputDocuments.ts';
import type { Prompts } from '../prompts.ts';

export type RunPanelDeps = {
  readonly extensionUri: vscode.Uri;
  readonly link: EngineLink;
  readonly batches: BatchStore;
  readonly log: vscode.LogOutputChannel;
  readonly documents: Pick<OutputDocuments, 'open' | 'compare'>;
  readonly selection: Pick<SelectionModel, 'replace'>;
  readonly prompts: Pick<Prompts, 'review'>;
  /** Is told which batch a person has seen the end of. */
  readonly ends: { seen(batch: string): void };
  /** A batch of this window is open again after a reload. */
  follow(batch: string): void;
};
