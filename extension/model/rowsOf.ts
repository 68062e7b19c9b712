import type { TreeElement } from './tree.ts';

/** The highlighted rows where there are several, else the row the command was called on. */
export function rowsOf([row, rows]: readonly unknown[]): readonly TreeElement[] {
  if (Array.isArray(rows) && rows.length > 0) return rows.filter(isRow);
  return isRow(row) ? [row] : [];
}

export function isRow(value: unknown): value is TreeElement {
  return typeof value === 'object' && value !== null && 'kind' in value && 'nodes' in value;
}
