import { type Command, Option } from 'commander';
import type { Action } from '../../core/run/action.ts';
import type { Refusal } from '../../core/util/errors.ts';
import { wholeNumber } from '../arguments.ts';
import {
  addInventoryOptions,
  addPickOptions,
  type PickFlags,
  pickOf,
  pickRefusal,
} from '../inventory/options.ts';
import { addLogOptions } from '../log/options.ts';
import type { Chosen } from '../inventory/sourceRefs.ts';
import { outputFormats } from '../report.ts';
import { canAsk } from '../terminal/ask.ts';
import type { ItemFlags } from './itemOptions.ts';
import type { RunOptions } from './options.ts';
import {
  addScheduleOptions,
  limitsOf,
  type ScheduleFlags,
  scheduleRefusal,
  strategyOf,
} from './scheduleOptions.ts';
import { addStartOptions, type StartFlags, startOptions } from './startOptions.ts';

/** Options of every command that does something on nodes: which nodes, how, and what is said beforehand. */
export type BatchFlags = PickFlags &
  ScheduleFlags &
  StartFlags &
  ItemFlags & {
    readonly on?: string;
    readonly inventory?: readonly string[];
    readonly max?: number;
    readonly knownHosts?: string;
  };

/** `own` adds what only this command has. */
export function addBatchOptions(command: Command, own: (command: Command) => Command): Command {
  command
    .addHelpText('after', exitCodes)
    .allowExcessArguments()
    .optionsGroup('Which nodes:')
    .option('--on <selection>', "which nodes, one argument: quote it, as in --on 'web[01-20] !web13'")
    .option('--max <n>', 'refuse to run on more nodes than this (default: 1000)', wholeNumber(1, 5000));
  const scheduled = addScheduleOptions(own(addPickOptions(addInventoryOptions(command))));
  return addStartOptions(
    addLogOptions(scheduled.optionsGroup('Other options:'))
      .addOption(new Option('--output <format>', 'form of the result').choices(outputFormats).default('text'))
      .option('--each', 'on a terminal, print all that each node said, not equal answers together')
      .option('--known-hosts <file>', 'known_hosts file to use instead of those in the inventory'),
  );
}

const exitCodes = `
Exit codes:
  0 all ok   2 some failed   1 none ok   130 cancelled   64 usage or selection   65 inventory
  69 too many nodes   70 a bug in muster   74 history can not be written   77 refused or not allowed yet
  78 the plan no longer matches   129, 141, 143 ended by a signal`;

/** What commander does not see: options that do not go together, and a selection that says nothing. */
export function batchRefusal(flags: BatchFlags): Refusal | undefined {
  const misfit = scheduleRefusal(flags, canAsk()) ?? pickRefusal(flags);
  if (misfit !== undefined) return { code: 'USAGE', message: misfit };
  const hasSets = flags.batchJson !== undefined || flags.batchFile !== undefined;
  if (flags.on?.trim() || hasSets) return undefined;
  return {
    code: 'SELECTION_EMPTY',
    message: "No node selected. Say which with --on, as in --on 'web[01-20]' or --on all.",
  };
}

export function batchOptions(action: Action, flags: BatchFlags, chosen: Chosen): RunOptions {
  return {
    action,
    selection: flags.on ?? '',
    chosen,
    pick: pickOf(flags),
    strategy: strategyOf(flags),
    limits: limitsOf(flags),
    ...startOptions(flags),
    ...(flags.knownHosts !== undefined && { knownHosts: flags.knownHosts }),
    ...(flags.max !== undefined && { maxTargets: flags.max }),
  };
}
