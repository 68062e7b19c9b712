import type { Command } from 'commander';
import { Option } from 'commander';
import type { Refusal } from '../core/util/errors.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandContext } from './commandLine.ts';
import {
  addInventoryOptions,
  addPickOptions,
  type PickFlags,
  pickOf,
  pickRefusal,
} from './inventory/options.ts';
import { type Chosen, chooseSources } from './inventory/sourceRefs.ts';
import { type OutputFormat, outputFormats, reportRefusal } from './report.ts';
import { addCommandOptions, type CommandFlags, commandSettings } from './run/commandOptions.ts';
import { addLogOptions, type LogFlagsOfRun, logOf } from './log/options.ts';
import type { ActsAs } from './run/clientContext.ts';
import { actsAsOption } from './policy/options.ts';
import type { RunOptions } from './run/options.ts';
import {
  addScheduleOptions,
  limitsOf,
  type ScheduleFlags,
  scheduleRefusal,
  strategyOf,
} from './run/scheduleOptions.ts';
import { canAsk } from './terminal/ask.ts';

type Flags = PickFlags &
  ScheduleFlags &
  CommandFlags &
  LogFlagsOfRun & {
    on?: string;
    inventory?: readonly string[];
    max?: number;
    output: OutputFormat;
    knownHosts?: string;
    data?: string;
    yes?: true;
    debugSsh?: true;
    dryRun?: true;
    each?: true;
    expectCount?: number;
    as?: ActsAs;
  };

/** `muster run`: the engine is loaded only when a batch is really asked for. */
export function addRun(program: Command, context: CommandContext): void {
  const command = program
    .command('run')
    .description('run a command on nodes')
    .argument('<command>', 'shell command, one argument: quote it')
    .addHelpText('after', exitCodes)
    .allowExcessArguments()
    .optionsGroup('Which nodes:')
    .option('--on <selection>', "which nodes, one argument: quote it, as in --on 'web[01-20] !web13'")
    .option('--max <n>', 'refuse to run on more nodes than this (default: 1000)', wholeNumber(1, 5000));
  addLogOptions(
    addScheduleOptions(addCommandOptions(addPickOptions(addInventoryOptions(command)))).optionsGroup(
      'Other options:',
    ),
  )
    .addOption(new Option('--output <format>', 'form of the result').choices(outputFormats).default('text'))
    .option('--each', 'on a terminal, print all that each node said, not equal answers together')
    .option('--known-hosts <file>', 'known_hosts file to use instead of those in the inventory')
    .option('--debug-ssh', "write what SSH connections say about themselves to files in the batch's folder")
    .option('--dry-run', 'say what would run, and what the rules say about it; contacts no node')
    .option('-y, --yes', 'say yes beforehand, where rules ask for that or there are many nodes')
    .option(
      '--expect-count <n>',
      'how many nodes it has to be, instead of typing it where rules ask for that; another number is refused',
      wholeNumber(0, 100_000),
    )
    .addOption(actsAsOption())
    .action(async (command: string, flags: Flags, { args }: Command) => {
      context.exit(await run(command, { flags, surplus: args.slice(1) }, context));
    });
}

const exitCodes = `
Exit codes:
  0 all ok   2 some failed   1 none ok   130 cancelled   64 usage or selection   65 inventory
  69 too many nodes   70 a bug in muster   74 history can not be written   77 refused or not allowed yet
  78 the plan no longer matches   129, 141, 143 ended by a signal`;

async function run(
  command: string,
  { flags, surplus }: { flags: Flags; surplus: readonly string[] },
  { streams }: CommandContext,
): Promise<number> {
  const refusal = refusalOf(command, { flags, surplus });
  if (refusal) return reportRefusal(refusal, flags.output, streams);
  const chosen = chooseSources(flags.inventory ?? [], process.cwd());
  if (!chosen.ok) return reportRefusal(chosen.error, flags.output, streams);
  const given = await commandSettings(flags);
  if (!given.ok) return reportRefusal(given.error, flags.output, streams);
  const { askFor, runBatch } = await import('./run/runBatch.ts');
  const options = { ...optionsOf(command, flags, chosen.value), ...given.value };
  return runBatch(options, askFor(options), streams);
}

/** What commander does not see: surplus words, and a selection that says nothing. */
function refusalOf(
  command: string,
  { flags, surplus }: { flags: Flags; surplus: readonly string[] },
): Refusal | undefined {
  if (surplus.length > 0) {
    const message =
      `Surplus words: ${surplus.join(' ')}. The command and the selection are one argument each. ` +
      `Quote them: a shell splits them at spaces and replaces web[01-20] by file names.`;
    return { code: 'USAGE', message, details: [...surplus] };
  }
  if (command.trim() === '') return { code: 'USAGE', message: 'The command is empty. Say what to run.' };
  const misfit = scheduleRefusal(flags, canAsk()) ?? pickRefusal(flags);
  if (misfit !== undefined) return { code: 'USAGE', message: misfit };
  if (flags.on?.trim()) return undefined;
  return {
    code: 'SELECTION_EMPTY',
    message: "No node selected. Say which with --on, as in --on 'web[01-20]' or --on all.",
  };
}

function optionsOf(command: string, flags: Flags, chosen: Chosen): Omit<RunOptions, 'settings'> {
  return {
    command,
    selection: flags.on ?? '',
    chosen,
    pick: pickOf(flags),
    strategy: strategyOf(flags),
    limits: limitsOf(flags),
    format: flags.output,
    said: {
      yes: flags.yes === true,
      ...(flags.expectCount !== undefined && { expectCount: flags.expectCount }),
    },
    debugSsh: flags.debugSsh === true,
    each: flags.each === true,
    ...logOf(flags),
    dryRun: flags.dryRun === true,
    ...(flags.as && { as: flags.as }),
    ...(flags.knownHosts !== undefined && { knownHosts: flags.knownHosts }),
    ...(flags.max !== undefined && { maxTargets: flags.max }),
    ...(flags.data !== undefined && { dataDir: flags.data }),
  };
}
