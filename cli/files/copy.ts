import type { Command } from 'commander';
import type { CommandContext } from '../commandLine.ts';
import { reportRefusal } from '../report.ts';
import { addBatchOptions, type BatchFlags } from '../run/batchOptions.ts';
import { addRunAs, runAsOf, type RunAsFlags } from '../run/commandOptions.ts';
import { runAction } from '../run/runAction.ts';
import { fromTo } from './fromTo.ts';
import { localPath } from './localPath.ts';

type Flags = BatchFlags &
  RunAsFlags & { readonly mode?: string; readonly owner?: string; readonly backup?: true };

/** `muster copy`: files of this machine, put on nodes. */
export function addCopy(program: Command, context: CommandContext): void {
  const command = program
    .command('copy')
    .description('copy files and folders to nodes; a file is replaced at once or not at all')
    .argument(
      '<paths...>',
      'what to copy, and last where to on the node: a folder if it ends with /; {node} is the name of the node',
    );
  addBatchOptions(command, addCopyOptions).action(async (paths: readonly string[], flags: Flags) =>
    context.exit(await copy(paths, flags, context)),
  );
}

function addCopyOptions(command: Command): Command {
  const options = command
    .optionsGroup('How the files are there:')
    .option('--mode <mode>', 'permissions, as chmod takes them: 0644 (default: as before, else as here)')
    .option('--owner <owner>', 'user, user:group or :group (default: as before, else who logs in)')
    .option('--backup', 'keep what was there beside it, with the time in its name');
  return addRunAs(options, 'copy them');
}

async function copy(paths: readonly string[], flags: Flags, { streams }: CommandContext): Promise<number> {
  const given = fromTo(paths);
  if (!given) {
    const message = 'Say what to copy, and where to: muster copy app.conf /etc/app/ --on web01.';
    return reportRefusal({ code: 'USAGE', message }, flags.output, streams);
  }
  const { mode, owner, backup } = flags;
  const user = runAsOf(flags);
  if (!user.ok) return reportRefusal(user.error, flags.output, streams);
  const action = {
    type: 'copy' as const,
    from: given.from.map(localPath),
    to: given.to,
    ...(mode !== undefined && { mode }),
    ...(owner !== undefined && { owner }),
    ...(backup && { backup }),
    ...user.value,
  };
  return runAction(flags, async () => ({ ok: true, value: { action } }), streams);
}
