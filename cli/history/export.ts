import { type Command, Option } from 'commander';
import { ExportFormat } from '../../core/export/formats.ts';
import type { CommandContext } from '../commandLine.ts';
import { statusNames } from '../batches/statusNames.ts';
import type { ExportFlags } from './exportBatch.ts';

/** `muster history export BATCH`: a batch as a report, a table, data or files. */
export function addExport(history: Command, context: CommandContext): void {
  history
    .command('export')
    .description('write a batch as a report, a table, data or a file for each node')
    .argument('[batch]', 'its id, or the end of it; default: the newest')
    .addOption(
      new Option('--format <format>', 'what to write; default: by the ending of the file, else json').choices(
        ExportFormat.options,
      ),
    )
    .option('-o, --file <path>', 'file to write, for "files" a folder; default: stdout')
    .option('--force', 'replace what is there')
    .option('--status <list>', 'only nodes in these statuses: failed,timed-out; or failures', statusNames)
    .option('--nodes <names>', 'only these nodes: web[01-20],db1')
    .option('--exact', 'in reports, let names, times and ids count when answers are compared')
    .option('--json', 'say as JSON what was written')
    .option('--data <folder>', 'folder of the history; default: the one of this user')
    .action(async (batch: string | undefined, flags: ExportFlags) => {
      const { exportBatch } = await import('./exportBatch.ts');
      context.exit(await exportBatch(batch, flags, context.streams));
    });
}
