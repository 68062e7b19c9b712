import { Command, CommanderError } from 'commander';
import { addNodeset } from '../../cli/nodeset.ts';
import { memoryStreams } from './fixture.ts';

export type Answer = { readonly code: number; readonly out: string; readonly err: string };

/** `muster nodeset` inside this process; stdin is only for those that start a process of their own. */
export async function nodeset(...args: readonly string[]): Promise<Answer> {
  const argv = ['nodeset', ...args];
  const streams = memoryStreams();
  let code = 0;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addNodeset(program, { streams, argv, exit: (value) => void (code = value) });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: 64, out: streams.written(), err: error.message };
  }
  return { code, out: streams.written(), err: streams.errors() };
}
