import * as z from 'zod';
import { type TableFormat, tableFormats } from '../run/table/formats.ts';

/** Records in the stdout of some executions of a batch. */
export const TableQuery = z.object({
  batch: z.string().max(64),
  /** Ids; those that have not ended are passed over. */
  executions: z.array(z.string().max(64)).max(500),
  format: z.enum(tableFormats),
  /** For `pattern`: a regular expression whose named groups are the columns; each line that has it is a record. */
  pattern: z.string().max(200).optional(),
});
export type TableQuery = z.infer<typeof TableQuery>;

/** One record of a node; text of a node: to be made visible. */
export type TableRow = { readonly execution: string; readonly values: Readonly<Record<string, string>> };

export type Table = {
  readonly batch: string;
  readonly rows: readonly TableRow[];
  /** What `auto` has found. */
  readonly found: readonly TableFormat[];
  /** Executions that ended and whose output has no such records. */
  readonly without: readonly string[];
  /** Executions of which not all records are given. */
  readonly cut: readonly string[];
  /** Executions that were not come to: ask for them again. */
  readonly unread: readonly string[];
};
