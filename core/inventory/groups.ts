import type { GroupSettings, InventoryFile } from '../schema/inventory.ts';
import { expandNames, foldNames } from '../selection/nodeset.ts';
import { nearest } from '../util/nearest.ts';
import type { Problem, TextRange } from '../util/problem.ts';
import type { Path } from '../yaml/places.ts';
import { findCycles } from './cycles.ts';
import type { Finder } from './finder.ts';
import { problemAt } from './finder.ts';
import type { NodeDraft } from './nodes.ts';
import { mostNodes } from './nodes.ts';

/** A group as the file has it: its direct members exist. */
export type GroupDraft = {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly settings: GroupSettings;
  readonly range: TextRange;
};

type Known = { readonly nodes: ReadonlyMap<string, NodeDraft>; readonly finder: Finder };

/** Groups in file order with the members that exist, and what is wrong with the others. */
export function readGroups(
  file: InventoryFile,
  known: Known,
): { groups: ReadonlyMap<string, GroupDraft>; problems: readonly Problem[] } {
  const groups = new Map<string, GroupDraft>();
  const problems: Problem[] = [];
  const names = file.groups ?? new Map<string, GroupSettings>();
  for (const [name, settings] of names) {
    const range = known.finder.at(['groups', name], 'key');
    const nodes = memberNodes({ name, settings }, known);
    const unknown = (settings.groups ?? []).filter((member) => !names.has(member));
    const missing = unknown.map((member) => unknownGroup({ name, member, names }, known.finder));
    for (const problem of [...nodes.problems, ...missing]) problems.push(problem);
    if (known.nodes.has(name)) problems.push(ambiguous(name, range));
    const members = (settings.groups ?? []).filter((member) => names.has(member));
    groups.set(name, { name, nodes: nodes.names, groups: [...new Set(members)], settings, range });
  }
  for (const cycle of findCycles(groups.keys(), (name) => groups.get(name)?.groups ?? [])) {
    problems.push(cycleProblem(cycle, known.finder));
  }
  return { groups, problems };
}

/** Written as `frontend: web[01-10]`, as a list, or under `nodes:`: the path of the texts and of each one. */
function memberTexts(name: string, settings: GroupSettings): { text: string; paths: readonly Path[] }[] {
  return (settings.nodes ?? []).map((text, at) => ({
    text,
    paths: [
      ['groups', name, 'nodes', at],
      ['groups', name, 'nodes'],
      ['groups', name, at],
      ['groups', name],
    ],
  }));
}

function memberNodes(
  group: { name: string; settings: GroupSettings },
  { nodes, finder }: Known,
): { names: readonly string[]; problems: readonly Problem[] } {
  const names = new Set<string>();
  const problems: Problem[] = [];
  for (const { text, paths } of memberTexts(group.name, group.settings)) {
    const path = paths.find((each) => finder.isWritten(each)) ?? ['groups', group.name];
    const where = { path, part: 'value', value: text } as const;
    const found = expandNames(text, mostNodes);
    for (const problem of found.problems) {
      const place = problem.range ?? { start: 0, end: text.length };
      problems.push({ ...problem, range: finder.inside(where, place) });
    }
    const unknown = found.names.filter((name) => !nodes.has(name));
    if (unknown.length > 0)
      problems.push(unknownNodes(unknown, nodes.keys(), (name) => finder.word(where, name)));
    for (const name of found.names) if (nodes.has(name)) names.add(name);
  }
  return { names: [...names], problems };
}

function unknownNodes(
  unknown: readonly string[],
  known: Iterable<string>,
  rangeOf: (name: string) => TextRange,
): Problem {
  const [first = ''] = unknown;
  const near = nearest(first, known);
  const fix = near === undefined ? 'Write it under "nodes" first.' : `Did you mean "${near}"?`;
  const isOne = unknown.length === 1;
  const message = isOne ? `There is no node "${first}".` : `There are no nodes ${foldNames(unknown)}.`;
  return problemAt(rangeOf(first), { code: 'inventory/unknown-node', message, fix: isOne ? fix : undefined });
}

function unknownGroup(
  { name, member, names }: { name: string; member: string; names: ReadonlyMap<string, unknown> },
  finder: Finder,
): Problem {
  const near = nearest(member, names.keys());
  const fix = near === undefined ? 'Write it under "groups" first.' : `Did you mean "${near}"?`;
  const message = `There is no group "${member}".`;
  return problemAt(finder.item(['groups', name, 'groups'], member), {
    code: 'inventory/unknown-group',
    message,
    fix,
  });
}

function ambiguous(name: string, range: TextRange): Problem {
  return {
    code: 'inventory/ambiguous-name',
    severity: 'warning',
    message: `"${name}" is a node and a group.`,
    fix: `Rename one; until then selections must say node:${name} or group:${name}.`,
    range,
  };
}

function cycleProblem(cycle: readonly string[], finder: Finder): Problem {
  const [first = '', second = ''] = cycle;
  const message = `Group "${first}" contains itself: ${cycle.join(' → ')}.`;
  const range = finder.item(['groups', first, 'groups'], second);
  return problemAt(range, { code: 'inventory/group-cycle', message, fix: 'Take one of them out.' });
}
