import { batchResult } from './result.ts';
import { type Batch, wantedOf } from './input.ts';
import { executionJson } from './record.ts';

/** One document, executions in target order; `cap`: bytes of each stream. */
export async function* writeJson(batch: Batch, cap = Infinity): AsyncGenerator<string> {
  yield `${JSON.stringify(batchResult(batch.state)).slice(0, -1)},"executions":[`;
  let separator = '\n';
  for (const execution of wantedOf(batch)) {
    yield separator;
    yield* executionJson(execution, { ...batch, target: batch.targets.get(execution.node), cap });
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** One line for each execution, then one for the batch. */
export async function* writeJsonLines(batch: Batch, cap = Infinity): AsyncGenerator<string> {
  for (const execution of wantedOf(batch)) {
    yield* executionLine(execution, { ...batch, target: batch.targets.get(execution.node), cap });
  }
  yield batchLine(batch.state);
}

export async function* executionLine(...given: Parameters<typeof executionJson>): AsyncGenerator<string> {
  yield '{"type":"execution",';
  let isFirst = true;
  for await (const piece of executionJson(...given)) {
    yield isFirst ? piece.slice(1) : piece;
    isFirst = false;
  }
  yield '\n';
}

export function batchLine(state: Batch['state']): string {
  return `${JSON.stringify({ type: 'batch', ...batchResult(state) })}\n`;
}
