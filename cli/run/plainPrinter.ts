import { printExecution, printLines, type TextDeps } from './blocks.ts';
import { type Columns, columnsFor } from './ended.ts';
import { endingLines } from './ending.ts';
import { createQueue, type Printer } from './printer.ts';
import { executionName } from '../../core/run/executionName.ts';

/** Text where nothing can be redrawn: one line for each node as it ends, its output below, then the ending. */
export function plainPrinter(deps: TextDeps): Printer {
  const queue = createQueue();
  let columns: Columns = columnsFor([]);
  return {
    live: false,
    started(state) {
      columns = columnsFor(state.executions.map(executionName));
    },
    ended: (executions) =>
      queue.add(async () => {
        for (const execution of executions) await printExecution(execution, { ...deps, columns });
      }),
    changed: () => {},
    async finish(state) {
      await queue.idle();
      printLines(endingLines(state, { terminal: deps.terminal(), foldNames: deps.foldNames }), deps);
    },
    aside: queue.run,
  };
}
