import { type Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { CommandContext } from '../commandLine.ts';
import { reportRefusal } from '../report.ts';
import { addBatchOptions, type BatchFlags } from '../run/batchOptions.ts';
import { addRunAs, runAsOf, type RunAsFlags } from '../run/commandOptions.ts';
import { runAction } from '../run/runAction.ts';
import { fromTo } from './fromTo.ts';
import { localPath } from './localPath.ts';

type Flags = BatchFlags &
  RunAsFlags & {
    readonly overwrite?: true;
    readonly maxSize?: number;
    readonly maxFiles?: number;
  };

/** `muster fetch`: files of nodes, each node's in a folder of its own. */
export function addFetch(program: Command, context: CommandContext): void {
  const command = program
    .command('fetch')
    .description('fetch files and folders from nodes, into <folder>/<node>/')
    .argument('<paths...>', 'what to fetch, and last the folder here');
  addBatchOptions(command, addFetchOptions).action(async (paths: readonly string[], flags: Flags) =>
    context.exit(await fetchFiles(paths, flags, context)),
  );
}

function addFetchOptions(command: Command): Command {
  const options = command
    .optionsGroup('What is taken:')
    .option('--overwrite', 'replace files that are here already; without it they are left, and told')
    .option('--max-size <size>', 'most bytes of a node, such as 500M or 20G (default: 1G)', size)
    .option(
      '--max-files <n>',
      'most files and folders of a node (default: 10000)',
      wholeNumber(1, 1_000_000),
    );
  return addRunAs(options, 'fetch them');
}

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** A size such as `500M`, in bytes. */
function size(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,12})([KMGT]?)B?$/i.exec(text) ?? [];
  const bytes = Number(number) * (units[unit.toUpperCase()] ?? Number.NaN);
  if (number !== '' && bytes > 0 && Number.isSafeInteger(bytes)) return bytes;
  throw new InvalidArgumentError('Write a size such as 500M or 20G.');
}

async function fetchFiles(
  paths: readonly string[],
  flags: Flags,
  { streams }: CommandContext,
): Promise<number> {
  const given = fromTo(paths);
  if (!given) {
    const message = 'Say what to fetch, and into which folder: muster fetch /var/log/syslog logs --on web01.';
    return reportRefusal({ code: 'USAGE', message }, flags.output, streams);
  }
  const { overwrite, maxSize, maxFiles } = flags;
  const user = runAsOf(flags);
  if (!user.ok) return reportRefusal(user.error, flags.output, streams);
  const action = {
    type: 'fetch' as const,
    from: [...given.from],
    to: localPath(given.to),
    ...(overwrite && { overwrite }),
    ...(maxSize !== undefined && { maxBytes: maxSize }),
    ...(maxFiles !== undefined && { maxFiles }),
    ...user.value,
  };
  return runAction(flags, async () => ({ ok: true, value: { action } }), streams);
}
