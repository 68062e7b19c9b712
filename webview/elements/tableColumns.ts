import { isNumeric, type TableLine, widthOf } from '../view/table.ts';

/** Where the columns of a table are, in pixels, and which of them are in view. */
export type TableColumns = {
  readonly widths: readonly number[];
  readonly width: number;
  /** Places of those in view; the first column always is. */
  readonly shown: readonly number[];
  /** Pixels of those that are left of them. */
  readonly before: number;
  readonly numeric: ReadonlySet<number>;
};

const pixelsOfCharacter = 7.5;

/** `wide` pixels are in view, `left` are scrolled to the right. */
export function tableColumns(
  lines: readonly TableLine[],
  head: readonly string[],
  { wide, left }: { readonly wide: number; readonly left: number },
): TableColumns {
  const widths = head.map((name, at) => Math.round(widthOf(name, lines, at) * pixelsOfCharacter));
  const width = widths.reduce((sum, each) => sum + each, 0);
  const shown = [0];
  let [at, before] = [widths[0] ?? 0, 0];
  const right = left + (wide || 800);
  for (let column = 1; column < widths.length; column++) {
    const own = widths[column] ?? 0;
    if (at + own < left) before += own;
    else if (at <= right) shown.push(column);
    at += own;
  }
  const numeric = new Set(shown.filter((column) => column > 0 && isNumeric(lines, column)));
  return { widths, width, shown, before, numeric };
}
