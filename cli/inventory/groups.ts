import type { Command } from 'commander';
import type { InventoryIndex } from '../../core/inventory/model.ts';
import { foldNames } from '../../core/selection/nodeset.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode } from '../exitCode.ts';
import { reportRefusal } from '../report.ts';
import { addInventoryOptions } from './options.ts';
import { type InventoryFlags, openSession } from './session.ts';
import { tableOf } from './table.ts';

type Flags = InventoryFlags & { json?: true };

/** One group or tag with all its nodes. */
type Label = {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly groups?: readonly string[];
};

/** `muster groups`: groups with all their nodes, folded. */
export function addGroups(program: Command, context: CommandContext): void {
  const command = program.command('groups').description('list the groups of the inventory and their nodes');
  addLabels(command, { what: 'groups', labelsOf: groupLabels }, context);
}

/** `muster tags`: tags with their nodes, folded. */
export function addTags(program: Command, context: CommandContext): void {
  const command = program.command('tags').description('list the tags of the inventory and their nodes');
  addLabels(command, { what: 'tags', labelsOf: tagLabels }, context);
}

type Labels = { readonly what: string; readonly labelsOf: (index: InventoryIndex) => readonly Label[] };

function addLabels(command: Command, { what, labelsOf }: Labels, { streams, exit }: CommandContext): void {
  addInventoryOptions(command.option('--json', 'print JSON')).action(async (flags: Flags) => {
    const session = await openSession(flags, streams);
    if (!session.ok) return exit(reportRefusal(session.error, flags.json ? 'json' : 'text', streams));
    const labels = labelsOf(session.value.index);
    if (flags.json) streams.out(`${JSON.stringify({ version: 1, [what]: labels }, undefined, 2)}\n`);
    else
      streams.out(tableOf(labels.map(({ name, nodes }) => [name, String(nodes.length), foldNames(nodes)])));
    exit(exitCode.ok);
  });
}

function groupLabels({ inventory, members }: InventoryIndex): readonly Label[] {
  return inventory.groups.map(({ name, groups }) => ({ name, nodes: members(name), groups }));
}

function tagLabels({ tags }: InventoryIndex): readonly Label[] {
  return [...tags].map(([name, nodes]) => ({ name, nodes }));
}
