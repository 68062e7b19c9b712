import type { Command } from 'commander';
import process from 'node:process';
import { indexInventory, type InventoryIndex, type InventoryNode } from '../core/inventory/model.ts';
import type { Result } from '../core/util/errors.ts';
import { formatProblem, hasErrors, type Problem } from '../core/util/problem.ts';
import { collect } from './arguments.ts';
import type { CommandContext } from './commandLine.ts';
import { exitCode } from './exitCode.ts';
import type { SourceRef } from '../core/inventory/source.ts';
import { inventoryFiles } from './inventoryFiles.ts';
import { reportRefusal, type OutputFormat } from './report.ts';
import { escapeLine } from './terminal/escape.ts';
import { padText, textWidth } from './terminal/style.ts';

type Flags = { on?: string; inventory?: readonly string[]; json?: true };

/** `muster nodes`: what the inventory has, or what a selection gives. Contacts nothing. */
export function addNodes(program: Command, context: CommandContext): void {
  program
    .command('nodes')
    .description('list the nodes of the inventory, or of a selection')
    .option('--on <selection>', "which nodes, one argument: quote it, as in --on 'tag:prod !web13'")
    .option(
      '-i, --inventory <file>',
      'inventory file (repeatable); default: the nearest .muster/inventory.yaml',
      collect,
    )
    .option('--json', 'print JSON')
    .action(async (flags: Flags) => context.exit(await listNodes(flags, context)));
}

async function listNodes(flags: Flags, { streams }: CommandContext): Promise<number> {
  const format: OutputFormat = flags.json ? 'json' : 'text';
  const rows = await nodeRows(flags);
  if (!rows.ok) return reportRefusal(rows.error, format, streams);
  streams.out(
    flags.json ? `${JSON.stringify({ version: 1, nodes: rows.value }, undefined, 2)}\n` : tableOf(rows.value),
  );
  return exitCode.ok;
}

async function nodeRows(flags: Flags): Promise<Result<readonly NodeRow[]>> {
  const files = await inventoryFiles(flags.inventory ?? [], process.cwd());
  if (!files.ok) return files;
  const { createInventoryLoader } = await import('../engine/sources/loadInventory.ts');
  const sources = files.value.map((path): SourceRef => ({ type: 'muster', path }));
  const { inventory } = await createInventoryLoader().load(sources);
  if (hasErrors(inventory.problems)) return refused('INPUT_INVALID', inventory.problems);
  const index = indexInventory(inventory);
  const selected =
    flags.on === undefined ? { ok: true as const, value: inventory.nodes } : await select(flags.on, index);
  if (!selected.ok) return selected;
  const groups = groupsByNode(index);
  return { ok: true, value: selected.value.map((node) => rowOf(node, groups)) };
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
};

async function select(text: string, index: InventoryIndex): Promise<Result<readonly InventoryNode[]>> {
  const { parseSelection } = await import('../core/selection/parse.ts');
  const { resolveSelection } = await import('../core/selection/resolve.ts');
  const parsed = parseSelection(text);
  if (!parsed.selection || hasErrors(parsed.problems)) return refused('SELECTION_SYNTAX', parsed.problems);
  const resolved = resolveSelection(parsed.selection, index);
  if (hasErrors(resolved.problems)) return refused('SELECTION_UNKNOWN', resolved.problems);
  return { ok: true, value: resolved.nodes.flatMap((name) => index.nodes.get(name) ?? []) };
}

function refused(
  code: 'INPUT_INVALID' | 'SELECTION_SYNTAX' | 'SELECTION_UNKNOWN',
  problems: readonly Problem[],
): Result<never> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return { ok: false, error: { code, message: errors.map(formatProblem).join('\n') } };
}

function groupsByNode(index: InventoryIndex): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const { name } of index.inventory.groups) {
    for (const node of index.members(name)) result.set(node, [...(result.get(node) ?? []), name]);
  }
  return result;
}

function rowOf(
  { name, connection, tags }: InventoryNode,
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
  };
}

/** Columns without a head, so that every line is a node; `-` where there is nothing. */
function tableOf(rows: readonly NodeRow[]): string {
  const cells = rows.map((row) =>
    [row.name, addressOf(row), row.tags.join(','), row.groups.map((group) => `@${group}`).join(',')].map(
      (cell) => (cell === '' ? '-' : escapeLine(cell)),
    ),
  );
  const widths = [0, 1, 2].map((at) =>
    cells.reduce((most, row) => Math.max(most, textWidth(row[at] ?? '')), 0),
  );
  return cells.map((row) => `${row.map((cell, at) => padText(cell, widths[at] ?? 0)).join('  ')}\n`).join('');
}

function addressOf({ transport, host = '', port, user, cwd }: NodeRow): string {
  if (transport === 'local') return `local ${cwd ?? ''}`.trim();
  const login = user === undefined ? '' : `${user}@`;
  if (port === undefined || port === 22) return `${login}${host}`;
  return `${login}${host.includes(':') ? `[${host}]` : host}:${port}`;
}
