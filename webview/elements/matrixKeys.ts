import type { MatrixRow } from '../view/matrix.ts';

/** A cell by the key of its row; column 0 are the names. */
export type Cell = { readonly row: string; readonly column: number };

export type CellSpace = {
  readonly rows: readonly MatrixRow[];
  readonly columns: number;
  readonly page: number;
};

/** The cell that a key leads to; the head of a wave is one cell as wide as all. Undefined for other keys. */
export function moveCell(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, column }: Cell,
  { rows, columns, page }: CellSpace,
): Cell | undefined {
  const at = rows.findIndex((each) => each.key === row);
  const far = ctrlKey || metaKey;
  const to = (place: number): Cell => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, place))];
    return { row: next?.key ?? row, column };
  };
  const across = (place: number): Cell => ({ row, column: Math.max(0, Math.min(columns, place)) });
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'ArrowRight':
      return across(column + 1);
    case 'ArrowLeft':
      return across(column - 1);
    case 'Home':
      return far ? { ...to(0), column: 0 } : across(0);
    case 'End':
      return far ? { ...to(rows.length - 1), column: columns } : across(columns);
    default:
      return undefined;
  }
}
