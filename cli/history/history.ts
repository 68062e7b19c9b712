import type { Command } from 'commander';
import type { AddCommand, CommandContext } from '../commandLine.ts';
import { addDelete } from './delete.ts';
import { addExport } from './export.ts';
import { addList } from './list.ts';
import { addOutput } from './output.ts';
import { addRebuild } from './rebuild.ts';
import { addShow } from './show.ts';

/** What can be done with the history, in the order of the help. */
const parts: readonly AddCommand[] = [addList, addShow, addOutput, addExport, addDelete, addRebuild];

/** `muster history`: what was run before. */
export function addHistory(program: Command, context: CommandContext): void {
  const history = program.command('history').description('look at what was run before');
  for (const add of parts) add(history, context);
}
