import type { Command } from 'commander';
import { Option } from 'commander';
import type { CommandContext } from '../commandLine.ts';
import { addInventoryOptions, addPickOptions } from '../inventory/options.ts';
import { outputFormats } from '../report.ts';
import { actsAsOption } from './options.ts';

const formats = outputFormats.filter((format) => format !== 'jsonl');

/** `muster policy`: what the rules are, what they say to a command, what they denied. Everything is loaded on use. */
export function addPolicy(program: Command, context: CommandContext): void {
  const group = program.command('policy').description('what the rules are, what they say, what they denied');
  const output = (): Option =>
    new Option('--output <format>', 'form of the result').choices(formats).default('text');

  const check = group
    .command('check')
    .description('say what the rules make of a command on nodes, and why; runs nothing')
    .argument('<command>', 'shell command, one argument: quote it')
    .requiredOption('--on <selection>', 'which nodes, one argument: quote it')
    .addOption(actsAsOption())
    .addOption(output());
  addPickOptions(addInventoryOptions(check)).action(async (command: string, flags) => {
    const { checkCommand } = await import('./checkCommand.ts');
    context.exit(await checkCommand(command, flags, context.streams));
  });

  const show = group
    .command('show')
    .description('list the policy files that count here, their limits and rules')
    .addOption(output());
  addInventoryOptions(show).action(async (flags) => {
    const { showPolicies } = await import('./showPolicies.ts');
    context.exit(await showPolicies(flags, context.streams));
  });

  group
    .command('log')
    .description('list the attempts that rules denied, the latest last')
    .option('--data <folder>', 'folder of the history; default: the one of this user')
    .addOption(output())
    .action(async (flags) => {
      const { showLog } = await import('./showLog.ts');
      context.exit(await showLog(flags, context.streams));
    });
}
