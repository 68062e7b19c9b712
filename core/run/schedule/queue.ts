import type { Refusal } from '../../util/errors.ts';

/** Executions of all batches of an engine, and how many may wait. */
export type QueueState = { readonly running: number; readonly queued: number; readonly limit: number };

/** Refuses `count` further executions where they would not all fit, before any of them starts. */
export function queueRefusal(queue: QueueState, count: number): Refusal | undefined {
  const { running, queued, limit } = queue;
  if (queued + count <= limit) return undefined;
  const message =
    `The queue is full: ${queued} executions wait, ${running} run, and with ${count} more it would be over its limit ` +
    `of ${limit}. Wait for a batch to end, select fewer nodes, or raise limits.queue in your config.yaml.`;
  return { code: 'QUEUE_FULL', message, details: { ...queue, asked: count } };
}
