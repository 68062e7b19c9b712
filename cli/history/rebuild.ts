import type { Command } from 'commander';
import type { CommandContext } from '../commandLine.ts';
import { addQueryOptions, type QueryFlags } from '../queryOptions.ts';

/** `muster history rebuild`: the index of the history, made anew. */
export function addRebuild(history: Command, context: CommandContext): void {
  const command = history
    .command('rebuild')
    .description('make the index of the history anew from the event logs');
  addQueryOptions(command).action(async (flags: QueryFlags) => {
    const { rebuildHistory } = await import('./rebuildHistory.ts');
    context.exit(await rebuildHistory(flags, context.streams));
  });
}
