import { letHeapGrow } from './heapGrowth.ts';
import { type ReadOutput, totalBytes } from '../../core/export/output.ts';
import type { Engine } from '../../engine/engine.ts';

/** Bytes of a page: the most that the engine gives at once. */
const pageBytes = 1_048_576;
/** Bytes of an output that is large. */
const largeBytes = 65_536;

export function outputReader(read: Engine['output'], batch: () => string): ReadOutput {
  return async function* (execution) {
    if (totalBytes(execution) > largeBytes) letHeapGrow();
    let from = 0;
    for (let left = totalBytes(execution); left > 0;) {
      const page = await read({ batch: batch(), execution: execution.id, from, limit: pageBytes });
      if (!page.ok || page.value.next <= from) return;
      yield* page.value.pieces;
      from = page.value.next;
      left = page.value.total - from;
    }
  };
}
