import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { Command, CommanderError } from 'commander';
import { messageOf } from '../core/util/errors.ts';
import { exitCode } from './exitCode.ts';
import { formatAskedFor, reportNote, reportRefusal, type Streams } from './report.ts';
import { processStreams } from './streams.ts';

/** What a command gets: where to write, and how to end with another exit code than 0. */
export type CommandContext = {
  readonly streams: Streams;
  /** The command line as it was written, without the program: for commands where the order of options matters. */
  readonly argv: readonly string[];
  exit(code: number): void;
};

/** Adds one command group to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** Parses and runs one command line. Never throws; returns the exit code. */
export async function runCommandLine(
  argv: readonly string[],
  commands: readonly AddCommand[],
): Promise<number> {
  // Node 24 throws and catches inside itself for every packet that it encrypts, and capturing those stacks is a tenth
  // of all that a batch costs. Nobody sees a stack without MUSTER_DEBUG or --debug.
  const isDebugged = Boolean(process.env['MUSTER_DEBUG']) || argv.includes('--debug');
  if (!isDebugged) Error.stackTraceLimit = 0;
  const streams = processStreams();
  let code: number = exitCode.ok;
  const program = createProgram();
  for (const add of commands) add(program, { streams, argv, exit: (value) => void (code = value) });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, { program, argv, streams });
    reportNote(`${messageOf(error)} This is a bug in muster: MUSTER_DEBUG=1 shows where.`, streams);
    if (isDebugged && error instanceof Error) streams.err(`${error.stack ?? ''}\n`);
    return exitCode.software;
  }
}

function createProgram(): Command {
  return new Command('muster')
    .description('Run a command on many nodes and see who is done and who failed and why.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', examples)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
}

const examples = `
Examples:
  muster nodes --on tag:prod
  muster run uptime --on 'web[01-20]'
  muster run 'systemctl is-active nginx' --on '@frontend & tag:prod' --concurrency 20 --output json
  muster nodeset fold web01 web02 web03`;

/** The package is one folder above this file's, in the sources and in the bundle. */
export function packageVersion(): string {
  const folder = dirname(realpathSync(process.argv[1] ?? '.'));
  const parsed: unknown = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'));
  return parsed && typeof parsed === 'object' && 'version' in parsed ? String(parsed.version) : '';
}

/** Help and version end with 0 and have printed themselves; anything else is an error in the command line. */
function endOfParsing(
  error: CommanderError,
  { program, argv, streams }: { program: Command; argv: readonly string[]; streams: Streams },
): number {
  if (error.exitCode === 0) return exitCode.ok;
  return reportRefusal(
    { code: 'USAGE', message: usageMessage(error, namedCommand(program, argv)) },
    formatAskedFor(argv),
    streams,
  );
}

/** `muster history list`: as far as a command line names commands. */
function namedCommand(program: Command, argv: readonly string[]): string {
  let command = program;
  const names = [program.name()];
  for (const word of argv) {
    const found = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (!found) break;
    names.push(found.name());
    command = found;
  }
  return names.join(' ');
}

function usageMessage(error: CommanderError, command: string): string {
  if (error.code === 'commander.help') return `No command given. See ${command} --help.`;
  const text = error.message.replace(/^error: /, '').replace(/\n\(Did you mean/, ' (Did you mean');
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return `${sentence}${/[.)?]$/.test(sentence) ? '' : '.'} See ${command} --help.`;
}
