import type { Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { type LogFlagsOfRun, logOf } from '../log/options.ts';
import { actsAsOption } from '../policy/options.ts';
import type { OutputFormat } from '../report.ts';
import type { ActsAs } from './clientContext.ts';
import type { StartOptions } from './options.ts';

/** Options of every command that starts a batch: what is printed, and what is said beforehand. */
export type StartFlags = LogFlagsOfRun & {
  readonly output: OutputFormat;
  readonly data?: string;
  readonly yes?: true;
  readonly expectCount?: number;
  readonly debug?: true;
  readonly debugSsh?: true;
  readonly each?: true;
  /** `plan`: the command itself says that nothing runs. */
  readonly dryRun?: true | 'plan';
  readonly as?: ActsAs;
};

/** The last options in the help of such a command. */
export function addStartOptions(command: Command): Command {
  return command
    .option('--debug', 'to find a bug: stacks, correlation ids and whole outputs in JSON, and --debug-ssh')
    .option('--debug-ssh', "write what SSH connections say about themselves to files in the batch's folder")
    .option('--dry-run', 'say what would run, and what the rules say about it; contacts no node')
    .option('-y, --yes', 'say yes beforehand, where rules ask for that or there are many nodes')
    .option(
      '--expect-count <n>',
      'how many nodes it has to be, instead of typing it where rules ask for that; another number is refused',
      wholeNumber(0, 100_000),
    )
    .addOption(actsAsOption());
}

export function startOptions(flags: StartFlags): StartOptions {
  return {
    format: flags.output,
    said: {
      yes: flags.yes === true,
      ...(flags.expectCount !== undefined && { expectCount: flags.expectCount }),
    },
    debug: flags.debug === true,
    debugSsh: flags.debugSsh === true,
    each: flags.each === true,
    ...logOf(flags),
    dryRun: flags.dryRun === true ? 'asked' : (flags.dryRun ?? 'no'),
    ...(flags.as && { as: flags.as }),
    ...(flags.data !== undefined && { dataDir: flags.data }),
  };
}
