import type { Value } from '../../schema/value.ts';
import { guardFormula } from '../formula.ts';
import { groupsByNode, indexInventory, type Inventory, type InventoryNode } from '../model.ts';
import { factCell, factColumns, settingTitles } from './factColumns.ts';

/**
 * A table (RFC 4180): one node on each row, facts by dotted path in the columns behind. Several tags, groups or jump
 * hosts are separated by `;`. Groups are all that the node is in, also by others. Text that a spreadsheet would take
 * for a formula begins with `'`.
 */
export function writeCsv(inventory: Inventory): string {
  const columns = factColumns(inventory.nodes.map(({ facts }) => facts));
  const groups = groupsByNode(indexInventory(inventory));
  const hasFolders = inventory.nodes.some(({ connection }) => connection.transport === 'local');
  const header = [...settingTitles, ...(hasFolders ? ['cwd'] : []), ...columns.map(({ title }) => title)];
  const rows = inventory.nodes.map((node) => [
    ...settingCells(node),
    node.tags.join(';'),
    (groups.get(node.name) ?? []).join(';'),
    ...(hasFolders ? [node.connection.cwd ?? ''] : []),
    ...columns.map(({ path }) => factCell(node.facts, path)),
  ]);
  return [header, ...rows].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

function settingCells({ name, connection }: InventoryNode): Value[] {
  const { transport, host, port, user = '', jump } = connection;
  if (transport === 'local') return [name, transport, '', '', '', ''];
  return [name, transport, host === name ? '' : host, port, user, jump.join(';')];
}

function cellText(value: Value): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  const guarded = guardFormula(text);
  return /[",;\r\n\t]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
