import { createRecorder, type Recorder } from '../../core/log/recorder.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import { withIsoTimes } from '../isoTimes.ts';
import { recordText } from './recordText.ts';

/** Which events are printed, and how. */
export type EventForm = {
  /** Only what happened on this node, and to the batch as a whole nothing. */
  readonly node?: string | undefined;
  readonly form: 'text' | 'jsonl';
};

/** Makes lines of the events of one batch, which come in order from the first. */
export function createEventLines(
  batch: string,
  { node: wanted, form }: EventForm,
): (event: LoggedEvent) => string {
  const recorder: Recorder = createRecorder(batch);
  const nodes = new Map<string, string>();
  return (event) => {
    if (event.type === 'batchStarted') for (const { id, node } of event.plan.executions) nodes.set(id, node);
    const record = recorder(event);
    const node = 'execution' in event ? nodes.get(event.execution ?? '') : undefined;
    if (wanted !== undefined && node !== wanted) return '';
    if (form === 'text') return record ? recordText(record, 'time') : '';
    // `node` is the one of its execution.
    const line = { version: 1, batch, ...(node !== undefined && { node }), ...withIsoTimes(event) };
    return `${JSON.stringify(line)}\n`;
  };
}
