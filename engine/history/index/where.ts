import { asksForExecutions } from '../../../core/history/fits.ts';
import type { HistoryQuery } from '../../../core/protocol/history.ts';

/** A part of a WHERE clause, with what stands for its question marks. */
export type Condition = { readonly sql: string; readonly values: readonly (string | number)[] };

/** The batches that fit, apart from text in their output: the same as `fits` in core/history. */
export function whereBatches(query: HistoryQuery): Condition {
  const { since, until, user, statuses, kinds, batch } = query;
  return all([
    ...(since === undefined ? [] : [one('started_at >= ?', since)]),
    ...(until === undefined ? [] : [one('started_at < ?', until)]),
    ...(user === undefined ? [] : [one('user = ?', user)]),
    ...(statuses ? [among('status', statuses)] : []),
    ...(kinds ? [among('kind', kinds)] : []),
    ...(batch === undefined ? [] : [endsIn('id', batch.toUpperCase())]),
    ...(asksForExecutions(query) ? [inExecutions(query)] : []),
  ]);
}

/** The executions that fit. */
export function whereExecutions({ nodes, outcomes, tag }: HistoryQuery): Condition {
  return all([
    ...(nodes ? [among('node', nodes)] : []),
    ...(outcomes ? [among('status', outcomes)] : []),
    ...(tag === undefined
      ? []
      : [one('(batch, place) IN (SELECT batch, place FROM tags WHERE tag = ?)', tag)]),
  ]);
}

function inExecutions(query: HistoryQuery): Condition {
  const { sql, values } = whereExecutions(query);
  return { sql: `key IN (SELECT batch FROM executions WHERE ${sql})`, values };
}

function one(sql: string, value: string | number): Condition {
  return { sql, values: [value] };
}

function endsIn(column: string, text: string): Condition {
  return { sql: `substr(${column}, -?) = ?`, values: [text.length, text] };
}

/** One value however many there are: SQLite takes only so many. */
function among(column: string, values: readonly string[]): Condition {
  return { sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] };
}

function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}
