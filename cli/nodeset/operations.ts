import process from 'node:process';
import { text } from 'node:stream/consumers';
import type { Operation } from '../../core/selection/calculator/calculate.ts';
import type { Operator } from '../../core/selection/calculator/scan.ts';
import type { Words, WrittenOperation } from './words.ts';

/** What stands before the first node set is done in this order, as ClusterShell does it. */
const leadingOrder: readonly Operator[] = ['&', '!', '^'];

/** Operations in the order in which they are done; stdin is read where it is asked for, or nothing else is there. */
export async function readOperations(words: Words): Promise<readonly Operation[]> {
  const stdin = readerOfStdin();
  const textsOf = ({ text: written }: WrittenOperation): Promise<readonly string[]> =>
    written === '-' ? stdin() : Promise.resolve(linesOf(written));
  const operations: Operation[] = [];
  const add = async (written: WrittenOperation): Promise<void> =>
    void operations.push({ operator: written.operator, texts: await textsOf(written) });
  if (words.flags.has('all')) await add({ operator: ',', text: '@*' });
  else if (words.operations.length === 0) await add({ operator: ',', text: '-' });
  for (const operator of leadingOrder) {
    for (const written of words.leading) if (written.operator === operator) await add(written);
  }
  for (const written of words.operations) await add(written);
  return operations;
}

/** Whether an operation stands where there is nothing yet that it could change. */
export function isEmptyOnTheLeft({ operations, leading, flags }: Words): boolean {
  return leading.length > 0 && operations.length > 0 && !flags.has('all');
}

/** Lines of one argument are node sets of their own. */
function linesOf(written: string): string[] {
  return written.split(/\r\n|[\n\r]/).filter((line) => line.trim() !== '');
}

/** Words of stdin without comments; it is read once, and empty from then on. */
function readerOfStdin(): () => Promise<readonly string[]> {
  let isRead = false;
  return async () => {
    if (isRead) return [];
    isRead = true;
    const lines = (await text(process.stdin)).split('\n');
    return lines.flatMap((line) => line.replace(/#.*/s, '').match(/\S+/g) ?? []);
  };
}
