import type { Plan } from '../../core/run/plan.ts';
import type { Streams } from '../report.ts';
import { captureOutput, type ReadOutput } from './output.ts';
import { createQueue, type Printer } from './printer.ts';
import {
  batchResult,
  type Ended,
  executionResult,
  type ExecutionResult,
  hasEnded,
  targetsByNode,
} from './result.ts';

export type JsonDeps = { readonly plan: Plan; readonly streams: Streams; readonly readOutput: ReadOutput };

/** Bytes of each stream of an execution in a result; all of it is on disk. */
export const streamCap = 1_048_576;

/** One document at the end, executions in target order; written piece by piece, so it is never all in memory. */
export function jsonPrinter(deps: JsonDeps): Printer {
  const resultOf = resultReader(deps);
  const { streams } = deps;
  return {
    ...silent,
    async finish(state) {
      const head = JSON.stringify(batchResult(state));
      streams.out(`${head.slice(0, -1)},"executions":[`);
      let separator = '\n';
      for (const execution of state.executions.filter(hasEnded)) {
        streams.out(`${separator}${JSON.stringify(await resultOf(execution))}`);
        separator = ',\n';
        await streams.drained();
      }
      streams.out('\n]}\n');
    },
  };
}

/** One line for each execution as it ends, then one for the batch. */
export function jsonlPrinter(deps: JsonDeps): Printer {
  const resultOf = resultReader(deps);
  const queue = createQueue();
  const { streams } = deps;
  return {
    ...silent,
    ended: (executions) =>
      queue.add(async () => {
        for (const execution of executions) {
          streams.out(`${JSON.stringify({ type: 'execution', ...(await resultOf(execution)) })}\n`);
          await streams.drained();
        }
      }),
    aside: queue.run,
    async finish(state) {
      await queue.idle();
      streams.out(`${JSON.stringify({ type: 'batch', ...batchResult(state) })}\n`);
    },
  };
}

const silent: Omit<Printer, 'finish'> = {
  live: false,
  started: () => {},
  ended: () => {},
  changed: () => {},
  aside: (question) => question(),
};

function resultReader({ plan, readOutput }: JsonDeps): (execution: Ended) => Promise<ExecutionResult> {
  const targets = targetsByNode(plan);
  return async (execution) => {
    const captured = await captureOutput(readOutput(execution), execution, streamCap);
    return executionResult(execution, captured, targets.get(execution.node));
  };
}
