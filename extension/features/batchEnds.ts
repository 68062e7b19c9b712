import * as vscode from 'vscode';
import { nodesToRerun } from '../../core/run/rerun.ts';
import { type BatchState, failures } from '../../core/run/state.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import type { CommandId } from '../commandIds.ts';
import { plainText } from '../model/plain.ts';
import { endMessage } from '../model/titles.ts';
import type { BatchStore } from '../services/batchStore.ts';
import type { RunPanels } from './runPanels.ts';

/** Tells once when a batch ended that nobody looks at. */
export type BatchEnds = Disposable & {
  /** The last batch that ended with failures unseen. */
  readonly unseen: { readonly batch: string; readonly message: string } | undefined;
  /** Batches of this window: only their ends are told here, another window tells its own. */
  follow(batch: string): void;
  seen(batch: string): void;
  readonly onDidChange: Event<null>;
};

export type BatchEndsDeps = {
  readonly batches: BatchStore;
  /** Made after this, which they need. */
  readonly panels: () => Pick<RunPanels, 'isVisible' | 'open'>;
};

export function tellBatchEnds({ batches, panels }: BatchEndsDeps): BatchEnds {
  const followed = new Set<string>();
  const changed = new Emitter<null>();
  let unseen: BatchEnds['unseen'];

  const listener = batches.onDidChange(({ batch, state }) => {
    if (state.status === 'running' || !followed.delete(batch) || panels().isVisible(batch)) return;
    const message = endMessage(state);
    if (failures(state) > 0) {
      unseen = { batch, message };
      changed.fire(null);
    }
    void tell(message, state).then((chosen) => {
      if (chosen === 'Open') panels().open(batch);
      else if (chosen) void vscode.commands.executeCommand(commandOf[chosen], batch);
    });
  });

  return {
    get unseen() {
      return unseen;
    },
    follow: (batch) => void followed.add(batch),
    seen: (batch) => {
      if (unseen?.batch !== batch) return;
      unseen = undefined;
      changed.fire(null);
    },
    onDidChange: changed.event,
    dispose: () => listener.dispose(),
  };
}

const commandOf = {
  'Re-run Failed': 'muster.rerunFailed',
  'Run What Did Not Run': 'muster.runNotStarted',
} as const satisfies Readonly<Record<string, CommandId>>;
type Button = 'Open' | keyof typeof commandOf;

function tell(message: string, state: BatchState): Thenable<Button | undefined> {
  const buttons: Button[] = [
    'Open',
    ...(nodesToRerun(state, 'failed').length > 0 ? ['Re-run Failed' as const] : []),
    ...(nodesToRerun(state, 'not-started').length > 0 ? ['Run What Did Not Run' as const] : []),
  ];
  const text = plainText(message);
  return failures(state) > 0
    ? vscode.window.showWarningMessage(text, ...buttons)
    : vscode.window.showInformationMessage(text, ...buttons);
}
