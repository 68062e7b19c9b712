/** Moves the focus through the rows of a tree: one tab stop, arrows inside. Returns whether the key was one of them. */
export function rove(rows: readonly HTMLElement[], current: Element | null, event: KeyboardEvent): boolean {
  const at = rows.findIndex((row) => row === current);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return false;
  event.preventDefault();
  const next = rows[Math.min(Math.max(to, 0), rows.length - 1)];
  for (const row of rows) row.tabIndex = row === next ? 0 : -1;
  next?.focus();
  return true;
}
