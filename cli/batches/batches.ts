import type { Command } from 'commander';
import { Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { CommandContext } from '../commandLine.ts';
import { type OutputFormat, outputFormats } from '../report.ts';
import { statusNames } from './statusNames.ts';
import type { StatusFlags } from './showStatus.ts';

const outputs = outputFormats.filter((format) => format !== 'jsonl');

/** `muster batches`: what was run, the newest first. */
export function addBatches(program: Command, context: CommandContext): void {
  addData(program.command('batches').description('list what was run, the newest first')).action(
    async (flags: { output: OutputFormat; data?: string }) => {
      const { listBatches } = await import('./listBatches.ts');
      context.exit(await listBatches(flags, context.streams));
    },
  );
}

/** `muster status [BATCH]`: how a batch went, or goes, and on which nodes. */
export function addStatus(program: Command, context: CommandContext): void {
  const command = program.command('status').description('show how a batch went, or goes, node by node');
  addData(addStatusOptions(command)).action(async (batch: string | undefined, flags: StatusFlags) => {
    const { showStatus } = await import('./showStatus.ts');
    context.exit(await showStatus(batch, flags, context.streams));
  });
}

/** Which batch, which of its nodes, in which order. */
export function addStatusOptions(command: Command): Command {
  return command
    .argument('[batch]', 'its id, or the end of it; default: the newest')
    .option(
      '--status <list>',
      'only nodes in these statuses: failed,timed-out; or failures, unfinished',
      statusNames,
    )
    .option('--search <text>', 'only nodes whose name, message or last line has this text')
    .addOption(
      new Option('--sort <by>', 'order of the nodes')
        .choices(['node', 'status', 'duration', 'plan'])
        .default('node'),
    )
    .option('--page <n>', 'which page', wholeNumber(1, 1_000_000), 1)
    .option('--page-size <n>', 'nodes on a page', wholeNumber(1, 1000), 100);
}

function addData(command: Command): Command {
  return command
    .addOption(new Option('--output <format>', 'form of the result').choices(outputs).default('text'))
    .option('--data <folder>', 'folder of the history; default: the one of this user');
}
