import { nearest } from '../../util/nearest.ts';
import { didYouMean, type Problem } from '../../util/problem.ts';
import { findCycles } from '../cycles.ts';
import type { Described, OutsideMember, Place } from '../part.ts';
import type { Memberships } from './memberships.ts';
import type { NodeDraft } from './draft.ts';
import { originOf } from './origin.ts';
import type { LoadedSource, United, Unions } from './unite.ts';

/** Members of a circle, each with the circle in a sentence. */
export type Circles = {
  readonly nodes: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
};

/**
 * Sources with a group whose member is nowhere are refused: the group is smaller than was meant. While a source gives
 * nothing the member may be its own: then a warning is enough, and no expression may exclude the group (`incomplete.ts`).
 */
export function refuseIncomplete(
  sources: readonly LoadedSource[],
  { nodes, groups }: Unions,
): readonly LoadedSource[] {
  const known = { node: nodes, group: groups };
  const unusable = sources.find(({ state }) => state.status !== 'ok');
  return sources.map((source) => {
    const outside = source.part.groups.flatMap((group) => group.outside ?? []);
    const missing = outside.filter(({ kind, name }) => !known[kind].has(name));
    if (missing.length === 0) return source;
    const problems = missing.map((member) =>
      unusable && unusable !== source
        ? notYetProblem(member, source, unusable)
        : missingProblem(member, source, known[member.kind].keys()),
    );
    const part = { ...source.part, problems: [...source.part.problems, ...problems] };
    if (unusable && unusable !== source) return { ...source, part };
    return {
      ...source,
      part,
      state: { ...source.state, status: 'refused', message: problems[0]?.message ?? '' },
    };
  });
}

function missingProblem(
  { kind, name, place }: OutsideMember,
  source: LoadedSource,
  known: Iterable<string>,
): Problem {
  const near = nearest(name, known);
  return {
    code: `inventory/unknown-${kind}`,
    severity: 'error',
    message: `There is no ${kind} "${name}" in any source.`,
    name,
    ...(near !== undefined && { fix: didYouMean(near), meant: near }),
    ...placeOf(source, place),
  };
}

function notYetProblem(
  { kind, name, place }: OutsideMember,
  source: LoadedSource,
  { state }: LoadedSource,
): Problem {
  return {
    code: `inventory/unknown-${kind}`,
    severity: 'warning',
    message: `There is no ${kind} "${name}" while ${state.id} is not used.`,
    ...placeOf(source, place),
  };
}

/** Circles over several sources, and names that nodes share with groups. What one source is told already is left out. */
export function findTogether(
  unions: Unions,
  memberships: Memberships,
  drafts: readonly NodeDraft[],
): { problems: readonly Problem[]; circles: Circles } {
  const { groups } = memberships;
  const inGroups = findCycles(groups.keys(), (name) => groups.get(name)?.groups ?? []);
  const jumps = new Map(drafts.map(({ node }) => [node.name, node.connection.jump]));
  const inJumps = findCycles(jumps.keys(), (name) => jumps.get(name)?.filter((hop) => jumps.has(hop)) ?? []);
  const ofGroups = inGroups.map((path): Circle => {
    const message = `Group "${path[0]}" contains itself: ${path.join(' → ')}.`;
    return { path, message, code: 'inventory/group-cycle', fix: 'Take one of them out.' };
  });
  const ofJumps = inJumps.map((path): Circle => {
    const message = `Node "${path[0]}" is reached through itself: ${path.join(' → ')}.`;
    return { path, message, code: 'inventory/jump-cycle', fix: 'Take one of the jumps out.' };
  });
  return {
    problems: [
      ...ofGroups.flatMap((circle) => circleProblem(circle, unions.groups)),
      ...ofJumps.flatMap((circle) => circleProblem(circle, unions.nodes)),
      ...sharedNames(unions),
    ],
    circles: { nodes: messagesOf(ofJumps), groups: messagesOf(ofGroups) },
  };
}

type Circle = {
  readonly path: readonly string[];
  readonly message: string;
  readonly code: string;
  readonly fix: string;
};

function messagesOf(circles: readonly Circle[]): ReadonlyMap<string, string> {
  return new Map(
    circles.flatMap(({ path, message }) => path.map((name): [string, string] => [name, message])),
  );
}

type Placed = Described & { readonly place: Place };

function circleProblem(
  { path, message, code, fix }: Circle,
  united: ReadonlyMap<string, United<Placed>>,
): Problem[] {
  const members = path.flatMap((name) => united.get(name)?.by ?? []);
  if (members.some(({ by }) => by.state.status === 'refused')) return [];
  const [first] = members;
  const place = first && placeOf(first.by, first.said.place);
  return [{ code, severity: 'error', message, fix, ...place }];
}

/** Names that a selection can not say without a prefix. Where one source has both, its own parser says so. */
function sharedNames({ nodes, groups }: Unions): Problem[] {
  return [...groups.values()].flatMap(({ name, by }): Problem[] => {
    const node = nodes.get(name);
    const [last] = by;
    if (!node || !last || node.by.some((each) => by.some((other) => other.by === each.by))) return [];
    const message = `"${name}" is a node and a group.`;
    const fix = `Rename one; until then selections must say node:${name} or group:${name}.`;
    return [
      {
        code: 'inventory/ambiguous-name',
        severity: 'warning',
        message,
        fix,
        ...placeOf(last.by, last.said.place),
      },
    ];
  });
}

function placeOf(source: LoadedSource, place: Place): Pick<Problem, 'file' | 'range'> {
  const { source: file, range } = originOf(source, place);
  return { file, ...(range !== undefined && { range }) };
}
