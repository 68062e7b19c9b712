import * as vscode from 'vscode';
import { failures } from '../../core/run/state.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import { plainText } from '../model/plain.ts';
import { endMessage } from '../model/titles.ts';
import type { BatchStore } from '../services/batchStore.ts';

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
  readonly isVisible: (batch: string) => boolean;
  readonly open: (batch: string) => void;
};

export function tellBatchEnds({ batches, isVisible, open }: BatchEndsDeps): BatchEnds {
  const followed = new Set<string>();
  const changed = new Emitter<null>();
  let unseen: BatchEnds['unseen'];

  const listener = batches.onDidChange(({ batch, state }) => {
    if (state.status === 'running' || !followed.delete(batch) || isVisible(batch)) return;
    const message = endMessage(state);
    if (failures(state) > 0) {
      unseen = { batch, message };
      changed.fire(null);
    }
    void tell(message, failures(state) > 0 ? 'warning' : 'info').then((chosen) => chosen && open(batch));
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

function tell(message: string, kind: 'warning' | 'info'): Thenable<'Open' | undefined> {
  const text = plainText(message);
  return kind === 'warning'
    ? vscode.window.showWarningMessage(text, 'Open')
    : vscode.window.showInformationMessage(text, 'Open');
}
