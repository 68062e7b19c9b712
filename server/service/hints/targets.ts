import type { Range } from 'vscode-languageserver-types';
import type { Shape } from '../../../core/schema/shape.ts';
import { shapesBelow, shapesOf } from '../../../core/schema/shape.ts';
import { entriesOf } from '../../../core/yaml/data.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { expandNames } from '../../../core/selection/nodeset.ts';
import { nodesOf } from '../describe/targets.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import type { Workspace } from '../workspace.ts';

/** A text of a file that stands for nodes, and how many they are. */
export type Counted = {
  readonly path: Path;
  readonly range: Range;
  readonly count: number;
  readonly text: string;
};

/** Every selection of a document that can be resolved; in inventories ranges and groups. */
export function countedSelections(opened: MusterDocument, workspace: Workspace): readonly Counted[] {
  const found: Counted[] = [];
  const add = (
    path: Path,
    part: 'key' | 'value',
    { text, count }: { text: string; count: number | undefined },
  ): void => {
    if (count === undefined) return;
    const range = rangeOf(opened.document, opened.parsed.rangeOf(path, part));
    found.push({ path, range: part === 'key' ? withColon(range, opened) : range, count, text });
  };
  const isInventory = opened.document.languageId === 'muster-inventory';
  const visit = (value: unknown, shapes: readonly Shape[], path: Path): void => {
    if (typeof value === 'string') {
      const isSelection = shapes.some((shape) => shape.kind === 'text' && shape.role === 'selection');
      // A group that is nothing but its nodes has their number at its name.
      const isCounted = isInventory && path.length === 2;
      if (isSelection && !isCounted)
        add(path, 'value', { text: value, count: countOf(value, workspace, isInventory) });
      return;
    }
    for (const [key, child] of entriesOf(value)) {
      const at = [...path, key];
      if (isInventory && path.length === 1 && typeof key === 'string') {
        const count = path[0] === 'nodes' ? severalIn(key) : membersOf(path[0], key, workspace);
        add(at, 'key', { text: key, count });
      }
      visit(child, shapesBelow(shapes, typeof key === 'number' ? undefined : key), at);
    }
  };
  visit(opened.parsed.writtenAt([]), shapesOf(opened.schema), []);
  return found;
}

/** A key up to its colon: what stands between the two would read as a part of the key. */
function withColon({ start, end }: Range, { document }: MusterDocument): Range {
  const next = { line: end.line, character: end.character + 1 };
  return { start, end: document.getText({ start: end, end: next }) === ':' ? next : end };
}

function countOf(text: string, { inventory }: Workspace, isInventory: boolean): number | undefined {
  if (isInventory) return severalIn(text);
  return inventory.inventory.nodes.length === 0 ? undefined : nodesOf(text, inventory)?.length;
}

/** Of one name everybody sees that it is one. */
function severalIn(names: string): number | undefined {
  const { length } = expandNames(names, 100_000).names;
  return length > 1 ? length : undefined;
}

function membersOf(section: unknown, name: string, { inventory }: Workspace): number | undefined {
  if (section === 'groups') return inventory.groups.has(name) ? inventory.members(name).length : undefined;
  return section === 'tags' ? inventory.tags.get(name)?.length : undefined;
}
