/**
 * Keeps rows where they are: those that were there stay in their old order, new ones follow. Used while the pointer
 * or the focus is in the list; a row that no longer matches the filter stays until they leave.
 */
export function holdOrder(before: readonly string[], wanted: readonly string[]): readonly string[] {
  if (before.length === 0) return wanted;
  const known = new Set(before);
  return [...before, ...wanted.filter((id) => !known.has(id))];
}

export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at]);
}
