import type { Command } from 'commander';
import type { CommandContext } from '../commandLine.ts';
import type { DeleteFlags } from './deleteHistory.ts';
import { addFilters } from './filters.ts';
import { addQueryOptions } from '../queryOptions.ts';

/** `muster history delete [BATCH…]`: batches with their output, those that are named or all that fit. */
export function addDelete(history: Command, context: CommandContext): void {
  const command = history
    .command('delete')
    .description('delete batches with all their output: those named, or all that fit the options')
    .argument('[batches...]', 'their ids, or the ends of them')
    .option('-y, --yes', 'do not ask');
  addQueryOptions(addFilters(command)).action(async (batches: readonly string[], flags: DeleteFlags) => {
    const { deleteHistory } = await import('./deleteHistory.ts');
    context.exit(await deleteHistory(batches, flags, context.streams));
  });
}
