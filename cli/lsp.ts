import type { Command } from 'commander';

/** `muster lsp --stdio`: the language server for any editor. */
export function addLsp(program: Command): void {
  program
    .command('lsp')
    .description('start the language server for playbooks, tasks, inventories, configurations and policies')
    .requiredOption('--stdio', 'talk over standard input and output')
    .action(async () => {
      const { startOnStreams } = await import('../server/start.ts');
      const { knownKeys } = await import('../engine/transports/ssh/knownKeys.ts');
      startOnStreams((query) => knownKeys(query));
    });
}
