import { type Command, Option } from 'commander';
import { logLevels } from '../../core/log/record.ts';
import { timeSpan, wholeNumber } from '../arguments.ts';
import type { CommandContext } from '../commandLine.ts';
import { outputFormats } from '../report.ts';
import type { EventFlags } from './showEvents.ts';
import type { LogFlags } from './showLog.ts';
import type { MetricsFlags } from './showMetrics.ts';

/** `muster events`: what happened in a batch, event by event. */
export function addEvents(program: Command, context: CommandContext): void {
  addCommon(program.command('events').description('print what happened in a batch, event by event'))
    .option('--batch <id>', 'its id, or the end of it; default: the newest')
    .option('--node <name>', 'only what happened on this node')
    .option(
      '--follow',
      'go on as it happens, in whichever process: one batch to its end, or all that run until Ctrl-C',
    )
    .option('--last <n>', 'the newest so many batches, one after the other', wholeNumber(1, 50), 1)
    .action(async (flags: EventFlags) => {
      const { showEvents } = await import('./showEvents.ts');
      context.exit(await showEvents(flags, context.streams));
    });
}

/** `muster log`: what Muster did and what went wrong, or all about one batch. */
export function addLog(program: Command, context: CommandContext): void {
  addCommon(program.command('log').description('print the log: what was started, refused and ended, and how'))
    .option('--batch <id>', 'only what is about this batch: its id, or the end of it')
    .addOption(new Option('--level <level>', 'the least level (default: info)').choices(logLevels))
    .option('--lines <n>', 'the newest so many', wholeNumber(1, 100_000), 1000)
    .action(async (flags: LogFlags) => {
      const { showLog } = await import('./showLog.ts');
      context.exit(await showLog(flags, context.streams));
    });
}

/** `muster metrics`: what batches came to, counted. */
export function addMetrics(program: Command, context: CommandContext): void {
  const outputs = outputFormats.filter((format) => format !== 'jsonl');
  program
    .command('metrics')
    .description('count batches, executions by outcome, durations, connections and bytes')
    .option('--since <duration>', 'batches begun in the last while: 24h, 7d', timeSpan, 86_400_000)
    .addOption(new Option('--output <format>', 'form of the result').choices(outputs).default('text'))
    .option('--data <folder>', 'folder of the history; default: the one of this user')
    .action(async (flags: MetricsFlags) => {
      const { showMetrics } = await import('./showMetrics.ts');
      context.exit(await showMetrics(flags, context.streams));
    });
}

function addCommon(command: Command): Command {
  return command
    .option('--jsonl', 'for programs: one JSON object a line')
    .option('--data <folder>', 'folder of the history; default: the one of this user');
}
