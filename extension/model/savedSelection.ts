import { plural } from '../../core/run/format.ts';
import { setTerm } from './expression.ts';
import { goneSets, type Members, type Ticked } from './ticks.ts';

/** A selection by name: nodes one by one with groups and tags that stand for their nodes of the day, or an expression. */
export type SavedSelection = {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly tags?: readonly string[];
  /** Resolved anew each time; then nothing else is there. */
  readonly expression?: string;
};

export function savedTicks(name: string, { nodes, groups, tags }: Ticked): SavedSelection {
  return { name, nodes: [...nodes], groups: [...groups], tags: [...tags] };
}

export function savedExpression(name: string, expression: string): SavedSelection {
  return { name, nodes: [], groups: [], expression };
}

/** Puts a selection under its name; one that has the name already is replaced. */
export function keepSelection(
  all: readonly SavedSelection[],
  saved: SavedSelection,
): readonly SavedSelection[] {
  return [...all.filter(({ name }) => name !== saved.name), saved];
}

/** `@web, tag:prod, 3 nodes`, or the expression. */
export function describeSelection({ nodes, groups, tags = [], expression }: SavedSelection): string {
  if (expression !== undefined) return expression;
  return [
    ...groups.map((name) => setTerm({ kind: 'group', name })),
    ...tags.map((name) => setTerm({ kind: 'tag', name })),
    ...(nodes.length > 0 ? [plural(nodes.length, 'node')] : []),
  ].join(', ');
}

/** What of saved ticks is still there, and in words what is gone. */
export function presentTicks(
  { nodes, groups, tags = [] }: SavedSelection,
  index: Members & { readonly nodes: ReadonlyMap<string, unknown> },
): { readonly ticked: Ticked; readonly goneNodes: readonly string[]; readonly goneSets: readonly string[] } {
  const saved: Ticked = { nodes: new Set(nodes), groups: new Set(groups), tags: new Set(tags) };
  return {
    ticked: {
      nodes: new Set(nodes.filter((name) => index.nodes.has(name))),
      groups: new Set(groups.filter((name) => index.groups.has(name))),
      tags: new Set(tags.filter((name) => index.tags.has(name))),
    },
    goneNodes: nodes.filter((name) => !index.nodes.has(name)),
    goneSets: goneSets(saved, index).map(setTerm),
  };
}
