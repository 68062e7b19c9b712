import type { Command } from 'commander';
import type { CommandContext } from './commandLine.ts';

/** `muster schema inventory`: the JSON Schema of a file kind, for other editors and for CI. */
export function addSchema(program: Command, { streams }: CommandContext): void {
  program
    .command('schema')
    .description('print the JSON Schema of inventory files, for other editors')
    .action(async () => {
      const { InventoryFile } = await import('../core/schema/inventory.ts');
      const { toJsonSchema } = await import('../core/schema/jsonSchema.ts');
      streams.out(`${JSON.stringify(toJsonSchema(InventoryFile), null, 2)}\n`);
    });
}
