import type { Command } from 'commander';
import type { CommandContext } from './commandLine.ts';
import { addCalculationOptions, addGroupOptions, addListOptions } from './nodeset/options.ts';
import type { Task } from './nodeset/settings.ts';

/** `muster nodeset`: ClusterShell's calculator over names. It looks into an inventory only for groups and globs. */
export function addNodeset(program: Command, context: CommandContext): void {
  const nodeset = program
    .command('nodeset')
    .description('calculate with node names: fold, expand, count, split, regroup')
    .addHelpText('after', details);
  const add = (task: Task, description: string): Command =>
    nodeset
      .command(task)
      .description(description)
      .argument('[nodes...]', 'node sets; - reads them from stdin, as no node set at all does')
      // The order of operands and options matters, which only the command line as it was written has.
      .allowUnknownOption()
      .allowExcessArguments()
      .action(async () => {
        const { runNodeset } = await import('./nodeset/runNodeset.ts');
        context.exit(await runNodeset({ task, command: taskCommand(nodeset, task) }, context));
      });
  addGroupOptions(addCalculationOptions(add('expand', 'print each name')));
  addGroupOptions(addCalculationOptions(add('fold', 'print names as one folded expression')));
  addGroupOptions(addCalculationOptions(add('count', 'print how many names there are')));
  addGroupOptions(addCalculationOptions(add('regroup', 'print names by the groups that they fill')));
  addGroupOptions(addListOptions(add('list', 'list groups, or the groups of some nodes')));
}

function taskCommand(nodeset: Command, task: Task): Command {
  return nodeset.commands.find((each) => each.name() === task) ?? nodeset;
}

const details = `
Operators: , union   ! difference   & intersection   ^ symmetric difference; strictly from left to right,
as the options -x, -i and -X among the node sets are. @group, @source:group, @* and globs are looked up in
the inventory. Exit code 1 for what is no node set.

Examples:
  muster nodeset fold web01 web02 web03             web[01-03]
  muster nodeset expand 'web[01-04]' -x web03       web01 web02 web04
  muster nodeset fold 'node[1-10]' --split 3        node[1-4]  node[5-7]  node[8-10]
  muster nodeset count 'rack[1-40]n[1-1000]'        40000
  muster nodes --on @frontend | cut -d' ' -f1 | muster nodeset fold`;
