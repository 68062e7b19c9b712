import type { TreeElement } from '../model/tree.ts';

export type NodeRows = {
  /** Notes a row that VS Code asks for, and gives it back. */
  shown(element: TreeElement): TreeElement;
  markStale(nodes: readonly string[]): void;
  takeStale(): TreeElement[];
  clear(): void;
};

/** The rows of nodes that VS Code has asked for: only these are painted again when an outcome comes. */
export function trackNodeRows(): NodeRows {
  const rows = new Map<string, Map<string, TreeElement>>();
  const stale = new Set<string>();
  return {
    shown(element) {
      if (element.kind !== 'node') return element;
      const same = rows.get(element.label) ?? new Map<string, TreeElement>();
      rows.set(element.label, same.set(element.id, element));
      return element;
    },
    markStale: (nodes) => nodes.forEach((node) => stale.add(node)),
    takeStale() {
      const found = [...stale].flatMap((node) => [...(rows.get(node)?.values() ?? [])]);
      stale.clear();
      return found;
    },
    clear: () => rows.clear(),
  };
}
