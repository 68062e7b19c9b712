import type { InventoryIndex } from '../../../core/inventory/model.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { type OutlineEntry, valuesOf } from '../cursor/outline.ts';
import { languageOf } from '../languages.ts';
import type { Workspace } from '../workspace.ts';
import { knownFacts } from './knownFacts.ts';

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
  /** Keys of the items of the loop, where they are maps that stand in the file. */
  readonly itemKeys: readonly string[];
  /** Dotted names of what is known of nodes. */
  readonly facts: readonly string[];
  /** The expression judges an attempt: `result` is there. */
  readonly isOfResult: boolean;
};

/** Names of the file, of the inventory and of the configuration. */
export function scopeAt(path: Path, outline: readonly OutlineEntry[], workspace: Workspace): Scope {
  const { inventory } = workspace;
  const at = (length: number, test: (path: Path) => boolean): readonly OutlineEntry[] =>
    outline.filter((entry) => entry.path.length === length && test(entry.path));
  const own = (section: string, detail: string): ScopeName[] =>
    at(2, ([first]) => first === section).map((entry) => ({ name: String(entry.path[1]), detail }));
  const registered = outline.filter((entry) => entry.path.at(-1) === 'register' && entry.value !== '');
  const kept = outline.filter((entry) => entry.path.at(-2) === 'set' && isOption(entry.path, 2));
  const loops = outline.filter(
    (entry) => entry.path.at(-1) === 'loop' && isAround(entry.path.slice(0, -1), path),
  );
  return {
    params: own('params', 'parameter'),
    vars: unique([
      ...registered.map(({ value }) => ({ name: value, detail: 'what came of a step' })),
      ...kept.map((entry) => ({ name: String(entry.path.at(-1)), detail: 'set by a step' })),
      ...own('vars', 'variable of the file'),
      ...inventoryVars(inventory),
      ...configured('var', workspace),
      // A variable is not made of itself.
    ]).filter(({ name }) => path[0] !== 'vars' || path[1] !== name),
    secrets: unique([...own('secrets', 'secret'), ...configured('secret', workspace)]),
    steps: stepNames(path, outline),
    results: new Set(registered.map(({ value }) => value)),
    isInLoop: loops.length > 0,
    itemKeys: itemKeysOf(loops.at(-1), outline),
    facts: [...knownFacts(inventory).keys()],
    isOfResult: ['until', 'changedWhen', 'failedWhen'].includes(String(path.at(-1))),
  };
}

/** Steps by their ids: those that have been done, the last first, then those further below. */
function stepNames(path: Path, outline: readonly OutlineEntry[]): readonly ScopeName[] {
  const ids = outline.filter(
    (entry) =>
      entry.path.at(-1) === 'id' &&
      isOption(entry.path, 1) &&
      entry.value !== '' &&
      !isAround(entry.path.slice(0, -1), path),
  );
  const valueAt = valuesOf(outline);
  const named = (entries: readonly OutlineEntry[], detail: string): readonly ScopeName[] =>
    entries.map(({ path: each, value }) => ({
      name: value,
      detail: valueAt([...each.slice(0, -1), 'name']) || detail,
    }));
  const done = ids.filter((entry) => isBefore(entry.path, path));
  const later = ids.filter((entry) => !isBefore(entry.path, path));
  return unique([...named(done.toReversed(), 'step'), ...named(later, 'step further below')]);
}

/** Sections in the order in which they run. */
const sections = ['implementations', 'steps', 'handlers', 'finally'];

function isBefore(path: Path, other: Path): boolean {
  const [section, ownSection] = [sections.indexOf(String(path[0])), sections.indexOf(String(other[0]))];
  if (section !== ownSection) return section < ownSection;
  const at = path.findIndex((step, place) => step !== other[place]);
  return Number(path[at]) < Number(other[at]);
}

function itemKeysOf(loop: OutlineEntry | undefined, outline: readonly OutlineEntry[]): readonly string[] {
  if (!loop) return [];
  const { length } = loop.path;
  const inside = outline.filter(({ path }) => path.length === length + 2 && isAround(loop.path, path));
  return [...new Set(inside.map(({ path }) => String(path.at(-1))))];
}

/** What the configurations of the workspace give to all playbooks. */
function configured(kind: 'var' | 'secret', { uris, facts }: Workspace): readonly ScopeName[] {
  const named = kind === 'var' ? 'variable' : 'secret';
  return uris.flatMap((uri) => {
    const known = languageOf(uri) === 'muster-config' ? facts(uri) : undefined;
    return (known?.occurrences ?? []).flatMap(({ kinds, role, name }) =>
      role === 'declaration' && kinds.includes(kind) ? [{ name, detail: `${named} of config.yaml` }] : [],
    );
  });
}

/** Is a key an option of a step, with so many keys from its end? */
function isOption(path: Path, length: number): boolean {
  return typeof path.at(-1 - length) === 'number';
}

function isAround(outer: Path, inner: Path): boolean {
  return outer.every((step, at) => inner[at] === step);
}

/** Variables of groups and nodes, with how many nodes have each. */
export function inventoryVars({ inventory }: InventoryIndex): readonly ScopeName[] {
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
