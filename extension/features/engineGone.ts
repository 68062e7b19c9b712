import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import type { BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';

/** Says once that the engine went away, and attaches again where somebody waits for a batch of it. */
export function watchEngine(link: EngineLink, batches: BatchStore): Disposable {
  return link.onGone(() => {
    const running = [...batches.states.values()].some((state) => state.status === 'running');
    const message = running
      ? "Muster's engine ended: batches that it ran are interrupted, finished results are kept. It is started again."
      : "Muster's engine ended. It is started again.";
    void vscode.window.showWarningMessage(message);
    void link.client();
  });
}
