import { escapeLine } from '../terminal/escape.ts';
import { padText, textWidth } from '../terminal/style.ts';

/** Columns without a head, so that every line is an entry; `-` where there is nothing. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (cell === '' ? '-' : escapeLine(cell))));
  const columns = Math.max(0, ...cells.slice(0, 1).map((row) => row.length - 1));
  const widths = Array.from({ length: columns }, (_, at) =>
    cells.reduce((most, row) => Math.max(most, textWidth(row[at] ?? '')), 0),
  );
  return cells.map((row) => `${row.map((cell, at) => padText(cell, widths[at] ?? 0)).join('  ')}\n`).join('');
}
