import type * as vscode from 'vscode';
import type { ToPanel } from '../../core/protocol/webview.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { BatchStore } from '../services/batchStore.ts';

const postMs = 100;
/** Above this a snapshot is less to send than the events. */
const eventsAtMost = 5000;

export type PanelFeed = Disposable & {
  start(): void;
  pause(): void;
  push(events: readonly LoggedEvent[]): void;
  readonly post: (message: ToPanel) => void;
};

/** Collects events while the page is there; while it is hidden it gets nothing and asks again when it is shown. */
export function createPanelFeed(
  webview: Pick<vscode.Webview, 'postMessage'>,
  batches: Pick<BatchStore, 'states'>,
  batch: string,
): PanelFeed {
  let ready = false;
  let pending: LoggedEvent[] = [];
  let snapshotNext = false;
  let timer: NodeJS.Timeout | undefined;

  const post = (message: ToPanel): void => void webview.postMessage(message);
  const flush = (): void => {
    timer = undefined;
    const events = pending;
    pending = [];
    if (!ready) return;
    const state = snapshotNext || events.length > eventsAtMost ? batches.states.get(batch) : undefined;
    snapshotNext = false;
    if (state) post({ type: 'snapshot', state, now: Date.now() });
    else if (events.length > 0) post({ type: 'events', events, now: Date.now() });
  };
  const pause = (): void => {
    ready = false;
    pending = [];
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    start: () => {
      pause();
      ready = true;
      snapshotNext = true;
      flush();
    },
    pause,
    push: (events) => {
      if (!ready) return;
      // No events means that the state was read anew.
      snapshotNext ||= events.length === 0;
      for (const event of events) pending.push(event);
      timer ??= setTimeout(flush, postMs);
    },
    post,
    dispose: pause,
  };
}
