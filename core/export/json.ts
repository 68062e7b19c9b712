import { batchResult } from './result.ts';
import { loadedOf } from '../run/loadedPlaybook.ts';
import { type Batch, wantedOf } from './input.ts';
import { executionJson } from './record.ts';

/** Bytes of each stream; `debug` adds what helps to find a bug. */
export type Wanted = { readonly cap: number; readonly debug: boolean };
const everything: Wanted = { cap: Infinity, debug: false };

/** One document, executions in target order. */
export async function* writeJson(batch: Batch, { cap, debug }: Wanted = everything): AsyncGenerator<string> {
  yield `${JSON.stringify(batchResult(batch.state)).slice(0, -1)},"executions":[`;
  let separator = '\n';
  for (const execution of wantedOf(batch)) {
    yield separator;
    const target = batch.targets.get(execution.node);
    const about = { target, cap, loaded: loadedOf(batch.state.plan.action) };
    yield* executionJson(execution, { ...batch, ...about, ...(debug && { debugOf: batch.state.id }) });
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** One line for each execution, then one for the batch. */
export async function* writeJsonLines(batch: Batch, cap = Infinity): AsyncGenerator<string> {
  for (const execution of wantedOf(batch)) {
    const about = {
      target: batch.targets.get(execution.node),
      cap,
      loaded: loadedOf(batch.state.plan.action),
    };
    yield* executionLine(execution, { ...batch, ...about });
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
