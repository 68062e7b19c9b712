import type * as vscode from 'vscode';
import { createRecorder, type Recorder } from '../../core/log/recorder.ts';
import type { LogRecord } from '../../core/log/record.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { channelText } from '../model/logText.ts';
import type { BatchChange, BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';

export type BatchLogDeps = {
  readonly link: Pick<EngineLink, 'client' | 'onAttached'>;
  readonly batches: Pick<BatchStore, 'onDidChange'>;
  readonly log: Pick<vscode.LogOutputChannel, LogRecord['level']>;
};

/** Writes what happens to batches, and what the engine has to say, into the output channel. */
export function logBatches({ link, batches, log }: BatchLogDeps): Disposable {
  const recorders = new Map<string, Recorder>();
  const write = (record: LogRecord): void => log[record.level](channelText(record));
  let notes: Disposable | undefined;
  const changes = batches.onDidChange((change) => {
    const { batch, state, events } = change;
    const recorder = recorders.get(batch) ?? recorderFor(change);
    if (!recorder) return;
    recorders.set(batch, recorder);
    for (const event of events) {
      const record = recorder(event);
      if (record) write(record);
    }
    if (state.status !== 'running') recorders.delete(batch);
  });
  const attached = link.onAttached((client) => {
    notes?.dispose();
    notes = client.onLog(write);
  });
  return {
    dispose() {
      changes.dispose();
      attached.dispose();
      notes?.dispose();
    },
  };
}

/** From its first event, or from a state in the middle of it. A batch that was over when it was first seen has its log elsewhere. */
function recorderFor({ batch, state, events }: BatchChange): Recorder | undefined {
  if (events[0]?.type === 'batchStarted') return createRecorder(batch);
  return events.length === 0 && state.status === 'running' ? createRecorder(batch, state) : undefined;
}
