import type { Command } from 'commander';
import { Option } from 'commander';

/** What is done with names, and how the result is written. Names and letters are those of ClusterShell. */
export function addCalculationOptions(command: Command): Command {
  return addOperations(command)
    .option('-S, --separator <text>', 'what stands between expanded names; \\n and the like are understood')
    .option('--autostep <n>', 'fold to a-b/step from so many numbers on: 3, 50%, auto')
    .option('--axis <places>', 'fold only these positions, from 1; from the end if negative')
    .option('--split <n>', 'split the result into so many parts of equal size')
    .option('--contiguous', 'split the result into parts without gaps')
    .option('-I, --slice <places>', 'only these places of the sorted result, from 0: 0-9, 0-99/10')
    .option('-R, --rangeset', 'calculate with numbers: 1-5,007-010');
}

/** How groups are listed. */
export function addListOptions(command: Command): Command {
  return addOperations(command)
    .option('-l, --long', 'their nodes too; twice, their numbers as well')
    .option('-L, --all-sources', 'groups of all sources');
}

/** Where groups come from. */
export function addGroupOptions(command: Command): Command {
  return command
    .option('-a, --all', 'all nodes')
    .option('-s, --groupsource <name>', 'source of groups without one: @old for @racks:old')
    .addOption(new Option('-g <name>', 'as -s').hideHelp())
    .option('-G, --groupbase', 'write groups without their source')
    .option('--inventory <[type:]path>', 'inventory (repeatable), as -i of other commands')
    .option('--data <folder>', 'folder of what was allowed; default: the one of this user');
}

function addOperations(command: Command): Command {
  return command
    .option('-x, --exclude <nodes>', 'take these away')
    .option('-i, --intersect <nodes>', 'keep only these')
    .option('-X, --xor <nodes>', 'keep what is in one of both');
}
