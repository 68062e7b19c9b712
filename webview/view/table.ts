import { plural } from '../../core/run/format.ts';
import type { TableFormat } from '../../core/run/table/formats.ts';
import type { BatchState } from '../../core/run/state.ts';
import { visible } from '../../core/util/visible.ts';
import type { Records } from '../tableFeed.ts';
import { shortName } from './rows.ts';

/** One record with the name of its node before it. */
export type TableLine = {
  readonly key: string;
  readonly execution: string;
  readonly cells: readonly string[];
};

/** By which column, and in which direction; 0 is the node. */
export type TableSort = { readonly column: number; readonly descending: boolean };

export const firstSort: TableSort = { column: 0, descending: false };

export const formatWords: Readonly<Record<TableFormat, string>> = {
  auto: 'JSON or CSV',
  json: 'JSON',
  csv: 'CSV',
  columns: 'Columns under a head',
  pattern: 'Regular expression',
};

/** The names of the columns, the node first. */
export function tableHead({ columns }: Records): readonly string[] {
  return ['Node', ...columns.map(visible)];
}

/** The records of nodes that the filter lets through, in the order that was chosen. */
export function tableLines(
  state: BatchState,
  { columns, rows }: Records,
  isShown: (execution: BatchState['executions'][number]) => boolean,
): readonly TableLine[] {
  const names = new Map(
    state.executions.filter(isShown).map(({ id, node }) => [id, shortName(visible(node))]),
  );
  return rows.flatMap(({ execution, values }, at): readonly TableLine[] => {
    const node = names.get(execution);
    if (node === undefined) return [];
    return [
      { key: `${at}`, execution, cells: [node, ...columns.map((name) => visible(values[name] ?? ''))] },
    ];
  });
}

/** Numbers as numbers, everything else as words; what is empty comes last. */
export function sortLines(
  lines: readonly TableLine[],
  { column, descending }: TableSort,
): readonly TableLine[] {
  const sign = descending ? -1 : 1;
  return lines.toSorted((a, b) => {
    const [left = '', right = ''] = [a.cells[column], b.cells[column]];
    if (left === '' || right === '') return Number(left === '') - Number(right === '');
    return sign * compare(left, right);
  });
}

function compare(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)];
  return Number.isNaN(a) || Number.isNaN(b) ? words.compare(left, right) : a - b;
}

const words = new Intl.Collator('en', { numeric: true });

/** Whether a column has only numbers, which stand right. */
export function isNumeric(lines: readonly TableLine[], column: number): boolean {
  const values = lines.slice(0, 200).map(({ cells }) => cells[column] ?? '');
  return (
    values.some((each) => each !== '') && values.every((each) => each === '' || !Number.isNaN(Number(each)))
  );
}

/** Characters that a column gets: those of its longest value among the first, within limits. */
export function widthOf(name: string, lines: readonly TableLine[], column: number): number {
  const longest = Math.max(
    name.length + 2,
    ...lines.slice(0, 200).map(({ cells }) => cells[column]?.length ?? 0),
  );
  return Math.max(8, Math.min(40, longest)) + 3;
}

/** `1,204 records of 118 nodes as JSON · 2 nodes without`. */
export function tableText({ executions }: BatchState, records: Records): string {
  const { rows, read, without, cut, found, problem, reading } = records;
  if (problem !== '') return problem;
  if (reading.format === 'pattern' && reading.pattern === '')
    return 'Write a pattern whose named groups are the columns: (?<name>…).';
  if (rows.length === 0) {
    if (read < executions.length) return read === 0 ? '' : `No records on ${plural(read, 'node')} so far.`;
    return reading.format === 'auto'
      ? 'The output is neither JSON nor CSV. Choose how it is to be read.'
      : `The output has no such records: ${formatWords[reading.format]}.`;
  }
  const as = [...found].map((format) => formatWords[format]).join(' and ');
  const parts = [
    `${plural(rows.length, 'record')} of ${plural(read - without, 'node')} as ${as}`,
    without > 0 && `${plural(without, 'node')} without`,
    cut > 0 && `${plural(cut, 'node')} with more than is shown`,
  ];
  return parts.filter(Boolean).join(' · ');
}
