import type { InventoryIndex } from '../../../core/inventory/model.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { OutlineEntry } from '../cursor/outline.ts';

/** A name that an expression may look up, and what it is, for the list of offers. */
export type ScopeName = { readonly name: string; readonly detail: string };

/** What the expressions at a place of a file may look up, the nearest first. */
export type Scope = {
  readonly params: readonly ScopeName[];
  readonly vars: readonly ScopeName[];
  readonly secrets: readonly ScopeName[];
  readonly steps: readonly ScopeName[];
  /** Variables whose value is what came of a step. */
  readonly results: ReadonlySet<string>;
  readonly isInLoop: boolean;
  /** The expression judges an attempt: `result` is there. */
  readonly isOfResult: boolean;
};

/** Names that count without what the language does not know: those of one file, and the variables of the inventory. */
export function scopeAt(path: Path, outline: readonly OutlineEntry[], inventory: InventoryIndex): Scope {
  const at = (length: number, test: (path: Path) => boolean): readonly OutlineEntry[] =>
    outline.filter((entry) => entry.path.length === length && test(entry.path));
  const own = (section: string, detail: string): ScopeName[] =>
    at(2, ([first]) => first === section).map((entry) => ({ name: String(entry.path[1]), detail }));
  const registered = outline.filter((entry) => entry.path.at(-1) === 'register' && entry.value !== '');
  const kept = outline.filter((entry) => entry.path.at(-2) === 'set' && isOption(entry.path, 2));
  const ids = outline.filter(
    (entry) => entry.path.at(-1) === 'id' && isOption(entry.path, 1) && entry.value !== '',
  );
  return {
    params: own('params', 'parameter'),
    vars: unique([
      ...registered.map(({ value }) => ({ name: value, detail: 'what came of a step' })),
      ...kept.map((entry) => ({ name: String(entry.path.at(-1)), detail: 'set by a step' })),
      ...own('vars', 'variable of the playbook'),
      ...inventoryVars(inventory),
    ]),
    secrets: own('secrets', 'secret'),
    steps: unique(ids.map(({ value }) => ({ name: value, detail: 'step' }))),
    results: new Set(registered.map(({ value }) => value)),
    isInLoop: outline.some(
      (entry) => entry.path.at(-1) === 'loop' && isAround(entry.path.slice(0, -1), path),
    ),
    isOfResult: ['until', 'changedWhen', 'failedWhen'].includes(String(path.at(-1))),
  };
}

/** Is a key an option of a step, with so many keys from its end? */
function isOption(path: Path, length: number): boolean {
  return typeof path.at(-1 - length) === 'number';
}

function isAround(outer: Path, inner: Path): boolean {
  return outer.every((step, at) => inner[at] === step);
}

/** Variables of groups and nodes, with how many nodes have each. */
function inventoryVars({ inventory }: InventoryIndex): readonly ScopeName[] {
  const counts = new Map<string, number>();
  for (const { vars } of inventory.nodes)
    for (const name of Object.keys(vars)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({
    name,
    detail: `variable of ${count === 1 ? '1 node' : `${count} nodes`}`,
  }));
}

function unique(names: readonly ScopeName[]): readonly ScopeName[] {
  const seen = new Set<string>();
  return names.filter(({ name }) => !seen.has(name) && seen.add(name));
}
