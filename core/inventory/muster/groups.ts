import type { GroupSettings, InventoryFile } from '../../schema/inventory.ts';
import { nearest } from '../../util/nearest.ts';
import { meantOr, type Problem, type TextRange } from '../../util/problem.ts';
import type { OutsideMember } from '../part.ts';
import { findCycles } from '../cycles.ts';
import type { Finder } from './finder.ts';
import { problemAt } from './finder.ts';
import { readMembers } from './members.ts';
import type { NodeDraft } from './nodes.ts';

/** A group as the file has it. Members that must be in other sources are also under `outside`. */
export type GroupDraft = {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly outside: readonly OutsideMember[];
  readonly settings: GroupSettings;
  readonly range: TextRange;
};

type Known = {
  readonly nodes: ReadonlyMap<string, NodeDraft>;
  readonly finder: Finder;
  readonly listed: { names: number };
  readonly isLinked: boolean;
};

/**
 * Groups in file order with their members, and what is wrong with them. In a file that names other sources a member may
 * be in one of those.
 */
export function readGroups(
  file: InventoryFile,
  known: Known,
): { groups: ReadonlyMap<string, GroupDraft>; problems: readonly Problem[] } {
  const groups = new Map<string, GroupDraft>();
  const problems: Problem[] = [];
  const names = file.groups ?? new Map<string, GroupSettings>();
  const allowOutside = known.isLinked || (file.sources ?? []).length > 0;
  for (const [name, settings] of names) {
    const range = known.finder.at(['groups', name], 'key');
    const nodes = readMembers(memberTexts(name, settings), { ...known, allowOutside });
    const unknown = (settings.groups ?? []).filter((member) => !names.has(member));
    const outside = unknown.map((member): OutsideMember => {
      const place = { range: known.finder.item(['groups', name, 'groups'], member) };
      return { kind: 'group', name: member, place };
    });
    const missing = unknown.map((member) => unknownGroup({ name, member, names }, known.finder));
    for (const problem of [...nodes.problems, ...(allowOutside ? [] : missing)]) problems.push(problem);
    if (known.nodes.has(name)) problems.push(ambiguous(name, range));
    const members = (settings.groups ?? []).filter((member) => allowOutside || names.has(member));
    groups.set(name, {
      name,
      nodes: nodes.names,
      groups: [...new Set(members)],
      outside: allowOutside ? [...nodes.outside, ...outside] : [],
      settings,
      range,
    });
  }
  for (const cycle of findCycles(groups.keys(), (name) => groups.get(name)?.groups ?? [])) {
    problems.push(cycleProblem(cycle, known.finder));
  }
  return { groups, problems };
}

/** Written as `frontend: web[01-10]`, as a list, or under `nodes:`. */
function memberTexts(name: string, { nodes = [] }: GroupSettings): Parameters<typeof readMembers>[0] {
  return {
    texts: nodes,
    paths: (at) => [
      ['groups', name, 'nodes', at],
      ['groups', name, 'nodes'],
      ['groups', name, at],
      ['groups', name],
    ],
  };
}

function unknownGroup(
  { name, member, names }: { name: string; member: string; names: ReadonlyMap<string, unknown> },
  finder: Finder,
): Problem {
  const near = nearest(member, names.keys());
  const message = `There is no group "${member}".`;
  return problemAt(finder.item(['groups', name, 'groups'], member), {
    code: 'inventory/unknown-group',
    message,
    ...meantOr(near, 'Write it under "groups" first.'),
    name: member,
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
