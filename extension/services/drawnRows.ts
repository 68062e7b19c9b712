import type { TreeElement } from '../model/tree.ts';

/** The rows that VS Code has asked for, and what they looked like then. */
export type DrawnRows = {
  /** Notes a row that VS Code asks for. */
  drawn(element: TreeElement, look: unknown): void;
  /** A person clicked on the boxes of these rows: they show something that nobody has drawn. */
  touched(elements: readonly TreeElement[]): void;
  /** The rows that look different now, of these nodes or of all rows. */
  changed(look: (element: TreeElement) => unknown, nodes?: ReadonlySet<string>): TreeElement[];
  clear(): void;
};

/**
 * VS Code forgets what is below a row that it is told to ask for again, and drops clicks on it until it has asked (the
 * event comes, but with no rows: microsoft/vscode#234087). So it is told only of rows that have to be drawn anew.
 */
export function trackDrawnRows(): DrawnRows {
  const rows = new Map<string, { readonly element: TreeElement; readonly look: string }>();
  return {
    drawn: (element, look) => void rows.set(element.id, { element, look: JSON.stringify(look) }),
    touched(elements) {
      for (const element of elements) rows.set(element.id, { element, look: '' });
    },
    changed: (look, nodes) =>
      [...rows.values()]
        .filter(({ element }) => nodes === undefined || (element.kind === 'node' && nodes.has(element.label)))
        .filter((row) => row.look !== JSON.stringify(look(row.element)))
        .map(({ element }) => element),
    clear: () => rows.clear(),
  };
}
