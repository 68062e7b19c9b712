import { type Command, Option } from 'commander';
import { JournalKind, journalLevels } from '../../core/journal/entry.ts';
import { pastTime, wholeNumber } from '../arguments.ts';
import type { CommandContext } from '../commandLine.ts';
import { addQueryOptions } from '../queryOptions.ts';
import type { AddFlags } from './addEntry.ts';
import type { ListFlags } from './listJournal.ts';

/** `muster journal`: what happened to a node, and notes about it. */
export function addJournal(program: Command, context: CommandContext): void {
  const journal = program.command('journal').description('what happened to a node, and notes about it');
  const list = journal
    .command('list')
    .description('list what ran on a node and what was noted about it, the newest first')
    .argument('<node>', 'name of the node')
    .addOption(new Option('--kind <kind>', 'only entries of this kind').choices(JournalKind.options))
    .addOption(levelOption('only entries of this level and above'))
    .option('--source <name>', 'only what this plugin says, or "person" for notes')
    .option('--since <time>', "only since: 2h, 30d, 2026-11-20, '2026-11-20 18:00'", pastTime)
    .option('--until <time>', 'only before, written as for --since', pastTime)
    .option('--search <text>', 'only entries with this text, whatever its case')
    .option('--page <n>', 'which page', wholeNumber(1, 10_000), 1)
    .option('--page-size <n>', 'entries on a page', wholeNumber(1, 1000), 50);
  addQueryOptions(list).action(async (node: string, flags: ListFlags) => {
    const { listJournal } = await import('./listJournal.ts');
    context.exit(await listJournal(node, flags, context.streams));
  });
  const add = journal
    .command('add')
    .description('note something about nodes')
    .argument('<nodes>', 'names of nodes: web01, or web[01-20],db1')
    .argument('<text>', 'the note, one argument: quote it')
    .addOption(levelOption('how much it matters').default('info'));
  addQueryOptions(add).action(async (nodes: string, text: string, flags: AddFlags) => {
    const { addEntry } = await import('./addEntry.ts');
    context.exit(await addEntry(nodes, { ...flags, text }, context.streams));
  });
}

function levelOption(description: string): Option {
  return new Option('--level <level>', description).choices(journalLevels);
}
