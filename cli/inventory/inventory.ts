import type { Command } from 'commander';
import { Option } from 'commander';
import { exportNotes, writeInventory } from '../../core/inventory/write/writeInventory.ts';
import { InventoryFormat } from '../../core/inventory/write/format.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode } from '../exitCode.ts';
import { reportNote, reportRefusal } from '../report.ts';
import { addInventoryOptions } from './options.ts';
import { type InventoryFlags, openSession } from './session.ts';

type Flags = InventoryFlags & { format: InventoryFormat; on?: string; showSecrets?: true };

/** `muster inventory`: all sources as one, in a format of choice. */
export function addInventory(program: Command, context: CommandContext): void {
  const command = program
    .command('inventory')
    .description('print all sources as one inventory')
    .addOption(
      new Option('--format <format>', 'form; ansible is that of ansible-inventory --list')
        .choices(InventoryFormat.options)
        .default('muster'),
    )
    .option('--on <selection>', 'only these nodes, one argument: quote it')
    .option('--show-secrets', 'print values whose names say that they are secrets');
  addInventoryOptions(command).action(async (flags: Flags) => context.exit(await print(flags, context)));
}

async function print(flags: Flags, { streams }: CommandContext): Promise<number> {
  const format = flags.format === 'json' ? 'json' : 'text';
  const session = await openSession(flags, streams);
  if (!session.ok) return reportRefusal(session.error, format, streams);
  const { merged, select } = session.value;
  const only = flags.on === undefined ? undefined : select({ selection: flags.on });
  if (only && !only.ok) return reportRefusal(only.error, format, streams);
  const secrets = flags.showSecrets ? 'shown' : 'masked';
  const options = { secrets, ...(only && { only: new Set(only.value) }) } as const;
  for (const note of exportNotes(merged.inventory, flags.format, options)) reportNote(note, streams);
  streams.out(writeInventory(merged.inventory, flags.format, options));
  return exitCode.ok;
}
