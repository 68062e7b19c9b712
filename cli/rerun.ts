import { type Command, Option } from 'commander';
import type { RerunChoice } from '../core/run/rerunChoice.ts';
import { collect, duration, wholeNumber } from './arguments.ts';
import type { CommandContext } from './commandLine.ts';
import { outputFormats, reportRefusal } from './report.ts';
import { addLogOptions } from './log/options.ts';
import { secretsGiven } from './play/params.ts';
import { commandSettings } from './run/commandOptions.ts';
import { addStartOptions, type StartFlags, startOptions } from './run/startOptions.ts';
import { mostAtOnce } from '../core/run/mostAtOnce.ts';

type Flags = StartFlags & {
  readonly failed?: true;
  readonly notStarted?: true;
  readonly ok?: true;
  readonly all?: true;
  readonly nodes?: string;
  readonly stdin?: string;
  readonly paramEnv?: readonly string[];
  readonly concurrency?: number;
  readonly timeout?: number;
};

/** `muster rerun`: the same again on some nodes of a batch. */
export function addRerun(program: Command, context: CommandContext): void {
  const command = program
    .command('rerun')
    .description('run a batch again, on all or some of its nodes, as it was asked for')
    .argument('<batch>', 'its id, or the end of it as it is shown: 7f3k')
    .optionsGroup('Which of its nodes:')
    .addOption(choice('--failed', 'those that failed, were lost, or were cancelled while they ran'))
    .addOption(choice('--not-started', 'those on which it never began: what a cancel or a crash left'))
    .addOption(choice('--ok', 'those that were ok'))
    .addOption(choice('--all', 'all of them'))
    .option('--nodes <selection>', 'only these, of all or of those above; one argument: quote it')
    .optionsGroup('What changes:')
    .option('--stdin <file>', 'what the command reads, which is never kept; - for what comes in here')
    .option(
      '--param-env <name=variable>',
      'secret from the environment; others are asked for (repeatable)',
      collect,
    )
    .option('--concurrency <n>', 'how many nodes at once', wholeNumber(1, mostAtOnce))
    .option('--timeout <duration>', 'time the command may take on a node', duration)
    .optionsGroup('Other options:');
  addStartOptions(
    addLogOptions(command)
      .addOption(new Option('--output <format>', 'form of the result').choices(outputFormats).default('text'))
      .option('--data <folder>', 'folder of the history; default: the one of this user')
      .option('--each', 'on a terminal, print all that each node said, not equal answers together'),
  ).action(async (batch: string, flags: Flags) => context.exit(await rerun(batch, flags, context)));
}

const choices = ['failed', 'not-started', 'ok', 'all'] as const;
const keyOf = { failed: 'failed', 'not-started': 'notStarted', ok: 'ok', all: 'all' } as const;

/** One of the choices, which exclude each other. */
function choice(flag: `--${(typeof choices)[number]}`, description: string): Option {
  const others = choices.filter((each) => `--${each}` !== flag).map((each) => keyOf[each]);
  return new Option(flag, description).conflicts(others);
}

async function rerun(batch: string, flags: Flags, { streams }: CommandContext): Promise<number> {
  const which = chosenBy(flags);
  if (!which) {
    const message = 'Say which of its nodes: --failed, --not-started, --ok, --all or --nodes.';
    return reportRefusal({ code: 'USAGE', message }, flags.output, streams);
  }
  const given = await commandSettings(flags.stdin === undefined ? {} : { stdin: flags.stdin });
  if (!given.ok) return reportRefusal(given.error, flags.output, streams);
  const { settings, stdin } = given.value;
  const secrets = secretsGiven(flags);
  if (!secrets.ok) return reportRefusal(secrets.error, flags.output, streams);
  const { nodes, concurrency, timeout } = flags;
  const [{ runBatch }, { askAgain }] = await Promise.all([
    import('./run/runBatch.ts'),
    import('./run/askAgain.ts'),
  ]);
  const ask = askAgain(
    { batch, which, nodes, concurrency, timeoutMs: timeout, stdin: settings.stdin },
    streams,
  );
  const options = { ...startOptions(flags), secrets: secrets.value, ...(stdin !== undefined && { stdin }) };
  return runBatch(options, ask, streams);
}

function chosenBy(flags: Flags): RerunChoice | undefined {
  return choices.find((each) => flags[keyOf[each]]) ?? (flags.nodes === undefined ? undefined : 'nodes');
}
