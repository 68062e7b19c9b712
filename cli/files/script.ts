import type { Command } from 'commander';
import type { CommandContext } from '../commandLine.ts';
import { addBatchOptions, type BatchFlags } from '../run/batchOptions.ts';
import { addProcessOptions, type CommandFlags, commandSettings } from '../run/commandOptions.ts';
import { runAction } from '../run/runAction.ts';
import { localPath } from './localPath.ts';

type Flags = BatchFlags & Omit<CommandFlags, 'follow'> & { readonly interpreter?: string };

/** `muster script`: a script of this machine, run on nodes. */
export function addScript(program: Command, context: CommandContext): void {
  const command = program
    .command('script')
    .description('run a script of this machine on nodes')
    .argument('<file>', 'the script; its first line may name the interpreter, as in #!/usr/bin/env python3')
    .argument('[arguments...]', 'what the script gets, word for word; put -- before words that begin with -');
  addBatchOptions(command, addScriptOptions).action(
    async (file: string, args: readonly string[], flags: Flags) =>
      context.exit(await script(file, { args, flags }, context)),
  );
}

function addScriptOptions(command: Command): Command {
  return addProcessOptions(command, 'script').option(
    '--interpreter <program>',
    'program that runs it, and its options, instead of what the first line names (default: /bin/sh)',
  );
}

async function script(
  file: string,
  { args, flags }: { args: readonly string[]; flags: Flags },
  { streams }: CommandContext,
): Promise<number> {
  const given = async () => {
    const found = await commandSettings(flags);
    if (!found.ok) return found;
    const { settings, stdin } = found.value;
    const { interpreter } = flags;
    const action = {
      type: 'script' as const,
      file: localPath(file),
      args: [...args],
      ...(interpreter !== undefined && { interpreter }),
      ...settings,
    };
    return { ok: true, value: { action, stdin } } as const;
  };
  return runAction(flags, given, streams);
}
