import process from 'node:process';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type * as calculatorModule from '../core/selection/nodeset/calculator.ts';
import type { Result } from '../core/util/errors.ts';
import type { CommandContext } from './commandLine.ts';
import { exitCode } from './exitCode.ts';
import { reportRefusal } from './report.ts';
import { escapeLine } from './terminal/escape.ts';

type Calculator = typeof calculatorModule;

/** `muster nodeset`: ClusterShell's calculator over names, without an inventory. */
export function addNodeset(program: Command, context: CommandContext): void {
  const nodeset = program
    .command('nodeset')
    .description('fold, expand or count node names, without an inventory')
    .addHelpText('after', details);
  const add = (
    name: string,
    description: string,
    calculate: (calculator: Calculator, words: readonly string[]) => Result<string>,
  ): void => {
    nodeset
      .command(name)
      .description(description)
      .argument('<nodes...>', 'node sets, evaluated from left to right; - reads them from stdin')
      .action(async (words: readonly string[]) => {
        const calculator = await import('../core/selection/nodeset/calculator.ts');
        const result = calculate(calculator, await withStdin(words));
        if (!result.ok) return context.exit(reportRefusal(result.error, 'text', context.streams));
        context.streams.out(`${escapeLine(result.value)}\n`);
        context.exit(exitCode.ok);
      });
  };
  add('fold', 'print names as one folded expression', ({ foldNodes }, words) => foldNodes(...words));
  add('expand', 'print each name, separated by spaces', ({ calculateNodes }, words) =>
    joined(calculateNodes(...words)),
  );
  add('count', 'print how many names there are', ({ countNodes }, words) => joined(countNodes(...words)));
}

const details = `
Operators: , union   ! difference   & intersection   ^ symmetric difference; strictly from left to right.

Examples:
  muster nodeset fold web01 web02 web03        web[01-03]
  muster nodeset expand 'web[01-04]!web03'     web01 web02 web04
  muster nodes --on @frontend | cut -d' ' -f1 | muster nodeset count -`;

function joined(result: Result<readonly string[] | number>): Result<string> {
  if (!result.ok) return result;
  return {
    ok: true,
    value: typeof result.value === 'number' ? String(result.value) : result.value.join(' '),
  };
}

/** Words of the command line, `-` replaced by the words that stdin gives. */
async function withStdin(words: readonly string[]): Promise<readonly string[]> {
  if (!words.includes('-')) return words;
  const read = (await text(process.stdin)).split(/\s+/).filter((word) => word !== '');
  return words.flatMap((word) => (word === '-' ? read : [word]));
}
