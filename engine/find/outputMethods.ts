import type { OutputClient } from '../../core/protocol/search.ts';
import type { BatchMethods } from '../batchMethods.ts';
import type { World } from '../world.ts';
import { outputReading } from './outputReading.ts';
import { searchMethod } from './searchOutputs.ts';
import { tableMethod } from './tableOfOutputs.ts';

/** What the nodes of a batch said, looked through. */
export function outputMethods(
  { archive, batches: running }: Pick<World, 'archive' | 'batches'>,
  { snapshot }: Pick<BatchMethods, 'snapshot'>,
): OutputClient {
  const reading = outputReading({ archive, running, snapshot });
  return { search: searchMethod(reading), table: tableMethod(reading) };
}
