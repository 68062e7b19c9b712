import type { Command } from 'commander';
import { addressText } from '../../core/inventory/address.ts';
import { groupsByNode, type InventoryNode } from '../../core/inventory/model.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode } from '../exitCode.ts';
import { reportRefusal } from '../report.ts';
import { addInventoryOptions, addPickOptions, type PickFlags, pickOf } from './options.ts';
import { openSession, type InventoryFlags } from './session.ts';
import { addShow } from './show.ts';
import { tableOf } from './table.ts';

type Flags = InventoryFlags & PickFlags & { on?: string; json?: true };

/** `muster nodes`: what the inventory has, or what a selection gives. Contacts nobody. */
export function addNodes(program: Command, context: CommandContext): void {
  const command = program
    .command('nodes')
    .description('list the nodes of the inventory, or of a selection')
    .option('--on <selection>', "which nodes, one argument: quote it, as in --on 'tag:prod !web13'")
    .option('--json', 'print JSON');
  addPickOptions(addInventoryOptions(command)).action(async (flags: Flags) =>
    context.exit(await listNodes(flags, context)),
  );
  addShow(command, context);
}

async function listNodes(flags: Flags, { streams }: CommandContext): Promise<number> {
  const format = flags.json ? 'json' : 'text';
  const session = await openSession(flags, streams);
  if (!session.ok) return reportRefusal(session.error, format, streams);
  const { index, select } = session.value;
  // Without a selection local nodes are listed too; `all` would leave them out.
  const selected = select({ selection: flags.on ?? (index.nodes.size > 0 ? '*' : ''), pick: pickOf(flags) });
  if (!selected.ok) return reportRefusal(selected.error, format, streams);
  const groups = groupsByNode(index);
  const rows = selected.value
    .flatMap((name) => index.nodes.get(name) ?? [])
    .map((node) => rowOf(node, groups));
  if (flags.json) streams.out(`${JSON.stringify({ version: 1, nodes: rows }, undefined, 2)}\n`);
  else streams.out(tableOf(rows.map(cellsOf)));
  return exitCode.ok;
}

/** One node in `muster nodes --json`. */
type NodeRow = {
  name: string;
  transport: string;
  /** Absent for a local node, which has a folder instead. */
  host?: string;
  port?: number;
  user?: string;
  cwd?: string;
  tags: readonly string[];
  groups: readonly string[];
  /** Why nothing runs on it. */
  blocked?: string;
};

function rowOf(
  { name, connection, tags, blocked }: InventoryNode,
  groups: ReadonlyMap<string, readonly string[]>,
): NodeRow {
  const { transport, host, port, user, cwd } = connection;
  return {
    name,
    transport,
    ...(transport === 'local'
      ? cwd !== undefined && { cwd }
      : { host, port, ...(user !== undefined && { user }) }),
    tags,
    groups: groups.get(name) ?? [],
    ...(blocked !== undefined && { blocked }),
  };
}

function cellsOf(row: NodeRow): string[] {
  const groups = row.groups.map((group) => `@${group}`).join(',');
  return [
    row.name,
    addressOf(row),
    row.tags.join(','),
    groups,
    ...(row.blocked === undefined ? [] : [`blocked: ${row.blocked}`]),
  ];
}

function addressOf({ transport, host = '', port, user, cwd }: NodeRow): string {
  if (transport === 'local') return `local ${cwd ?? ''}`.trim();
  return addressText({ user, host, port: port === 22 ? undefined : port });
}
