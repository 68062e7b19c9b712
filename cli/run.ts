import type { Command } from 'commander';
import type { Refusal } from '../core/util/errors.ts';
import type { CommandContext } from './commandLine.ts';
import { reportRefusal } from './report.ts';
import { addBatchOptions, type BatchFlags } from './run/batchOptions.ts';
import { addCommandOptions, type CommandFlags, commandSettings } from './run/commandOptions.ts';
import { addItemOptions, type ItemFlags, itemsOf } from './run/itemOptions.ts';
import { runAction } from './run/runAction.ts';

type Flags = BatchFlags & CommandFlags & ItemFlags;

/** `muster run`: a command on nodes. */
export function addRun(program: Command, context: CommandContext): void {
  const command = program
    .command('run')
    .description('run a command on nodes')
    .argument('<command>', 'shell command, one argument: quote it');
  addBatchOptions(command, (own) => addItemOptions(addCommandOptions(own))).action(
    async (text: string, flags: Flags, { args }: Command) => {
      context.exit(await run(text, { flags, surplus: args.slice(1) }, context));
    },
  );
}

async function run(
  command: string,
  { flags, surplus }: { flags: Flags; surplus: readonly string[] },
  { streams }: CommandContext,
): Promise<number> {
  const refusal = refusalOf(command, surplus);
  if (refusal) return reportRefusal(refusal, flags.output, streams);
  const given = async () => {
    const found = await commandSettings(flags);
    if (!found.ok) return found;
    const sets = itemsOf(flags);
    if (!sets.ok) return sets;
    const { settings, stdin } = found.value;
    return {
      ok: true,
      value: { action: { type: 'command', command, ...settings }, stdin, ...sets.value },
    } as const;
  };
  return runAction(flags, given, streams);
}

/** What commander does not see: surplus words. */
function refusalOf(command: string, surplus: readonly string[]): Refusal | undefined {
  if (surplus.length > 0) {
    const message =
      `Surplus words: ${surplus.join(' ')}. The command and the selection are one argument each. ` +
      `Quote them: a shell splits them at spaces and replaces web[01-20] by file names.`;
    return { code: 'USAGE', message, details: [...surplus] };
  }
  return command.trim() === ''
    ? { code: 'USAGE', message: 'The command is empty. Say what to run.' }
    : undefined;
}
