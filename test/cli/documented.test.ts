import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { commands } from '../../cli/commands.ts';
import { root } from '../house/repository.ts';

const streams = {
  out: () => {},
  err: () => {},
  drained: async () => {},
  onReaderGone: () => ({ dispose() {} }),
};

describe('the pages about the command line', () => {
  const program = new Command();
  for (const add of commands) add(program, { streams, argv: [], exit: () => {} });
  const pages = globSync('docs/*.md', { cwd: root }).map((page) => readFileSync(join(root, page), 'utf8'));

  const isOnAPage = (...flags: readonly (string | undefined)[]): boolean =>
    flags.some((flag) => flag && pages.some((page) => new RegExp(`[\`\\s]${flag}(?![\\w-])`).test(page)));

  for (const command of withSubcommands(program.commands)) {
    it(`have every option of ${command.name()}`, () => {
      const missing = command.options.filter(({ hidden, short, long }) => !hidden && !isOnAPage(short, long));
      assert.deepEqual(
        missing.map(({ flags }) => flags),
        [],
      );
    });
  }
});

function withSubcommands(all: readonly Command[]): readonly Command[] {
  return all.flatMap((command) => [command, ...withSubcommands(command.commands)]);
}
