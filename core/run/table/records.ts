import type { TableRecord } from './record.ts';
import type { TableFormat } from './formats.ts';
import { csvRecords } from './csv.ts';
import { jsonRecords } from './json.ts';
import { columnRecords, patternRecords } from './lines.ts';

export type Records = { readonly format: TableFormat; readonly records: readonly TableRecord[] };

/** Most records of one node, columns of one record, and UTF-16 units of one value. */
export const most = { records: 500, columns: 60, value: 300 };

/** How output is to be read; `pattern` where its named groups are the columns. */
export type Reading =
  | { readonly format: Exclude<TableFormat, 'pattern'> }
  | { readonly format: 'pattern'; readonly pattern: RegExp };

/** The records of what one node said; undefined where it has none of that kind. */
export function recordsOf(text: string, reading: Reading): Records | undefined {
  switch (reading.format) {
    case 'auto':
      return recordsOf(text, { format: 'json' }) ?? recordsOf(text, { format: 'csv' });
    case 'json':
      return given('json', jsonRecords(text));
    case 'csv':
      return given('csv', csvRecords(text));
    case 'columns':
      return given('columns', columnRecords(text));
    case 'pattern':
      return given('pattern', patternRecords(text, reading.pattern));
  }
}

function given(format: TableFormat, records: readonly TableRecord[]): Records | undefined {
  return records.length === 0 ? undefined : { format, records: records.map(limited) };
}

function limited(record: TableRecord): TableRecord {
  const entries = Object.entries(record).slice(0, most.columns);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      value.length <= most.value ? value : `${value.slice(0, most.value - 1)}…`,
    ]),
  );
}
