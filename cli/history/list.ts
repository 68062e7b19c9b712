import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { CommandContext } from '../commandLine.ts';
import { addFilters } from './filters.ts';
import type { ListFlags } from './listHistory.ts';
import { addQueryOptions } from '../queryOptions.ts';

/** `muster history list`: a page of all batches, the newest first. */
export function addList(history: Command, context: CommandContext): void {
  const command = addFilters(history.command('list').description('list batches, the newest first'))
    .option('--page <n>', 'which page', wholeNumber(1, 1_000_000), 1)
    .option('--page-size <n>', 'batches on a page', wholeNumber(1, 1000), 50);
  addQueryOptions(command).action(async (flags: ListFlags) => {
    const { listHistory } = await import('./listHistory.ts');
    context.exit(await listHistory(flags, context.streams));
  });
}
