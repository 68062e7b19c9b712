/** Pixels of the first column and of each step, and which steps are in view. */
export type ColumnSizes = {
  readonly name: number;
  readonly step: number;
  readonly first: number;
  readonly last: number;
};

/** Pixels that a step has at least. */
const narrowest = 128;

/** `wide` pixels are in view, `left` are scrolled to the right. */
export function columnSizes(
  count: number,
  { wide, left }: { readonly wide: number; readonly left: number },
): ColumnSizes {
  const all = wide || 800;
  const name = Math.max(110, Math.min(230, all * 0.22));
  const step = Math.max(narrowest, Math.floor((all - name) / Math.max(1, count)));
  const first = Math.max(0, Math.floor(left / step) - 1);
  return { name, step, first, last: Math.min(count, Math.ceil((left + all - name) / step) + 1) };
}

/** How far has to be scrolled to have a column in view; the first, which are the names, always is. */
export function leftFor(
  column: number,
  { name, step }: ColumnSizes,
  { wide, left }: { readonly wide: number; readonly left: number },
): number {
  if (column === 0) return left;
  const most = (column - 1) * step;
  return Math.max(most + step - (wide - name), Math.min(most, left));
}
