import type { Command } from 'commander';
import { addStatusOptions } from '../batches/batches.ts';
import type { StatusFlags } from '../batches/showStatus.ts';
import type { CommandContext } from '../commandLine.ts';
import { addQueryOptions, type QueryFlags } from '../queryOptions.ts';

type ShowFlags = Omit<StatusFlags, 'output'> & QueryFlags;

/** `muster history show [BATCH]`: the same as `muster status`. */
export function addShow(history: Command, context: CommandContext): void {
  const command = history.command('show').description('show how a batch went, or goes, node by node');
  addQueryOptions(addStatusOptions(command)).action(async (batch: string | undefined, flags: ShowFlags) => {
    const { showStatus } = await import('../batches/showStatus.ts');
    const output = flags.json ? 'json' : 'text';
    context.exit(await showStatus(batch, { ...flags, output }, context.streams));
  });
}
