import { resolvePath } from '../paths.ts';
import type { SourceText } from '../sourceText.ts';
import { readSourceText } from '../sourceText.ts';
import type { InventoryPart, ParseInput, PartGroup, PartNode } from '../part.ts';
import { emptyPart, mostNodes, undescribed } from '../part.ts';
import { readRow } from './cells.ts';
import type { Column } from './columns.ts';
import { readColumns } from './columns.ts';
import type { Row, Table } from './rows.ts';
import { cellPlace, readTable } from './rows.ts';

/**
 * Reads a table of nodes: a first row with the names of the columns, one node on each other row. Columns `name`,
 * `transport`, `cwd`, `host`, `user`, `port`, `tags`, `groups`, `jump` and `identity_file` mean what they say; all others are facts.
 */
export function parseCsv(input: ParseInput): InventoryPart {
  const source = readSourceText(input, 'csv');
  const table = readTable(source);
  const [header, ...rows] = table.rows;
  if (!header) return { ...emptyPart, problems: source.problems };
  const { columns, problems } = readColumns(header.cells);
  for (const { at, ...complaint } of problems)
    source.report(placeOf(header, at, { source, table }), complaint);
  const found = columns.some(({ kind }) => kind === 'name')
    ? nodesOf(rows, columns, { source, table, input })
    : [];
  return {
    ...emptyPart,
    nodes: found.map(({ node }) => node),
    groups: groupsOf(found),
    problems: source.problems,
  };
}

type Read = { readonly source: SourceText; readonly table: Table };
type Found = { readonly node: PartNode; readonly groups: readonly string[] };

function nodesOf(
  rows: readonly Row[],
  columns: readonly Column[],
  { source, table, input }: Read & { readonly input: ParseInput },
): Found[] {
  const nodes = new Map<string, Found>();
  for (const row of rows) {
    if (nodes.size >= mostNodes) {
      const message = `The table has more than ${mostNodes.toLocaleString('en')} nodes.`;
      source.report(row, { code: 'csv/too-many', message, fix: 'Split it.' });
      break;
    }
    if (isRagged(row, columns, source)) continue;
    const range = source.rangeOf(row);
    const found = readRow(row.cells, {
      columns,
      range,
      resolvePath: (path) => resolvePath(path, input),
      refuse: (at, finding) =>
        source.report(placeOf(row, at, { source, table }), {
          code: `csv/${columns[at]?.kind ?? 'row'}`,
          ...finding,
        }),
    });
    if (!found) continue;
    const known = nodes.get(found.node.name);
    if (known) {
      const message = `Node "${found.node.name}" is there already, on line ${known.node.place.range?.line}.`;
      source.report(row, { code: 'csv/repeated-node', message, fix: 'Keep one of them.' });
    } else nodes.set(found.node.name, found);
  }
  return [...nodes.values()];
}

/** Empty cells beyond the last column are what a spreadsheet leaves; anything else does not fit the header. */
function isRagged(row: Row, columns: readonly Column[], source: SourceText): boolean {
  const extra = row.cells.filter((cell, at) => cell !== '' && (columns[at]?.kind ?? 'empty') === 'empty');
  if (row.cells.length >= columns.length && extra.length === 0) return false;
  const message =
    extra.length > 0
      ? 'The row has a cell without a column name.'
      : `The row has ${row.cells.length} cells, the first row ${columns.length}.`;
  source.report(row, { code: 'csv/ragged', message, fix: 'Put cells that contain the separator in quotes.' });
  return true;
}

function placeOf(row: Row, at: number, { source, table }: Read) {
  return cellPlace(row, at, { text: source.text, delimiter: table.delimiter });
}

/** Groups in the order in which rows name them first. */
function groupsOf(found: readonly Found[]): PartGroup[] {
  const groups = new Map<string, { nodes: string[]; place: PartNode['place'] }>();
  for (const { node, groups: names } of found) {
    for (const name of names) {
      const known = groups.get(name);
      if (known) known.nodes.push(node.name);
      else groups.set(name, { nodes: [node.name], place: node.place });
    }
  }
  return [...groups].map(([name, { nodes, place }]) => ({ ...undescribed, name, nodes, groups: [], place }));
}
