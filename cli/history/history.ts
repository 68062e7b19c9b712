import type { Command } from 'commander';
import type { CommandContext } from '../commandLine.ts';
import { addExport } from './export.ts';

/** `muster history`: what was run before. */
export function addHistory(program: Command, context: CommandContext): void {
  const history = program.command('history').description('look at what was run before');
  addExport(history, context);
}
