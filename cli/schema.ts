import type { Command } from 'commander';
import { Argument } from 'commander';
import type { toJsonSchema } from '../core/schema/jsonSchema.ts';
import type { CommandContext } from './commandLine.ts';

const kinds = ['inventory', 'playbook', 'task', 'config', 'policy'] as const;
type Kind = (typeof kinds)[number];

/** `muster schema inventory`: the JSON Schema of a file kind, for other editors and for CI. */
export function addSchema(program: Command, { streams }: CommandContext): void {
  program
    .command('schema')
    .description('print the JSON Schema of a kind of file, for other editors')
    .addArgument(new Argument('[kind]', 'kind of file').choices(kinds).default('inventory'))
    .action(async (kind: Kind) => {
      const json = await import('../core/schema/jsonSchema.ts');
      streams.out(`${JSON.stringify(json.toJsonSchema(await schemaOf(kind)), null, 2)}\n`);
    });
}

async function schemaOf(kind: Kind): Promise<Parameters<typeof toJsonSchema>[0]> {
  switch (kind) {
    case 'inventory':
      return (await import('../core/schema/inventory.ts')).InventoryFile;
    case 'playbook':
      return (await import('../core/schema/playbook.ts')).PlaybookFile;
    case 'task':
      return (await import('../core/schema/task.ts')).TaskFile;
    case 'config':
      return (await import('../core/schema/config.ts')).ConfigFile;
    case 'policy':
      return (await import('../core/schema/policy.ts')).PolicyFile;
  }
}
