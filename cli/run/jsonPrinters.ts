import { batchLine, executionLine, writeJson } from '../../core/export/json.ts';
import type { ReadOutput } from '../../core/export/output.ts';
import { targetsByNode } from '../../core/export/result.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { Streams } from '../report.ts';
import { createQueue, type Printer } from './printer.ts';

export type JsonDeps = {
  readonly plan: Plan;
  readonly streams: Streams;
  readonly readOutput: ReadOutput;
  /** All output, correlation ids and stacks. */
  readonly debug?: boolean;
};

/** Bytes of each stream of an execution in a result, without debug; all of it is on disk. */
export const streamCap = 1_048_576;

/** One document at the end, executions in target order; written piece by piece, so it is never all in memory. */
export function jsonPrinter({ plan, readOutput, streams, debug = false }: JsonDeps): Printer {
  const targets = targetsByNode(plan);
  return {
    ...silent,
    finish: (state) =>
      print(
        writeJson({ state, targets, readOutput, wants: () => true }, { cap: capOf(debug), debug }),
        streams,
      ),
  };
}

/** One line for each execution as it ends, then one for the batch. */
export function jsonlPrinter({ plan, readOutput, streams, debug = false }: JsonDeps): Printer {
  const targets = targetsByNode(plan);
  const loaded = loadedOf(plan.action);
  const queue = createQueue();
  let batch: string | undefined;
  return {
    ...silent,
    started: ({ id }) => void (batch = id),
    ended: (executions) =>
      queue.add(async () => {
        for (const execution of executions) {
          const target = targets.get(execution.node);
          const debugOf = debug && batch !== undefined ? { debugOf: batch } : {};
          await print(
            executionLine(execution, { target, readOutput, loaded, cap: capOf(debug), ...debugOf }),
            streams,
          );
        }
      }),
    aside: queue.run,
    async finish(state) {
      await queue.idle();
      streams.out(batchLine(state));
    },
  };
}

function capOf(debug: boolean): number {
  return debug ? Infinity : streamCap;
}

/** Characters that are gathered before they are written. */
const gathered = 65_536;

/** Writes text as fast as it is taken. */
export async function print(pieces: AsyncIterable<string>, streams: Streams): Promise<void> {
  let text = '';
  const pass = async (): Promise<void> => {
    streams.out(text);
    text = '';
    await streams.drained();
  };
  for await (const piece of pieces) {
    text += piece;
    if (text.length >= gathered) await pass();
  }
  if (text) await pass();
}

const silent: Omit<Printer, 'finish'> = {
  live: false,
  started: () => {},
  ended: () => {},
  changed: () => {},
  aside: (question) => question(),
};
