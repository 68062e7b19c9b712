import type { Command } from 'commander';
import { statusNames } from '../batches/statusNames.ts';
import type { CommandContext } from '../commandLine.ts';
import { addQueryOptions } from '../queryOptions.ts';
import type { OutputFlags } from './printOutput.ts';

/** `muster history output [BATCH]`: what the nodes of a batch said. */
export function addOutput(history: Command, context: CommandContext): void {
  const command = history
    .command('output')
    .description('print what the nodes of a batch said')
    .argument('[batch]', 'its id, or the end of it; default: the newest')
    .option('--nodes <names>', 'only these nodes: web[01-20],db1')
    .option('--status <list>', 'only nodes in these statuses: failed,timed-out; or failures', statusNames)
    .option('--raw', 'the exact bytes of one node, stdout to stdout and stderr to stderr');
  addQueryOptions(command).action(async (batch: string | undefined, flags: OutputFlags) => {
    const { printOutput } = await import('./printOutput.ts');
    context.exit(await printOutput(batch, flags, context.streams));
  });
}
