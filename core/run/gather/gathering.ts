import { type Answer, isWell } from './answer.ts';
import { type Cluster, type ClusterKind, type Gathered } from './cluster.ts';
import { difference, type Difference, linesIn, type ShownLine } from './difference.ts';

/** Collects the answers of a batch. Adding one costs the same however many there are. */
export type Gathering = {
  /** `place`: where the execution stands in the plan. An execution is added once. */
  add(execution: string, place: number, answer: Answer): void;
  has(execution: string): boolean;
  /** How the answers stand now; `executions`: how many the batch has, `lines`: how many are wanted of each answer. */
  gathered(executions: number, lines?: number): Gathered;
};

/** Lines of the largest answer that are sent along, and lines that differ in the others. */
const mostOfMajority = 12;
const mostDifferent = 5;
/** Clusters that are shown, those that said something and those that did not; what is left is counted. */
const mostClusters = 50;
const mostSilent = 10;

type Group = {
  readonly id: string;
  /** Of the member that is first in the plan, so that the order in which answers come changes nothing. */
  answer: Answer;
  first: number;
  readonly members: { readonly execution: string; readonly place: number }[];
  /** What differs from the answer that was the largest when it was compared. */
  compared?: { readonly answer: Answer; readonly majority: Answer; readonly difference: Difference };
};

export function createGathering(): Gathering {
  const groups = new Map<string, Group>();
  const seen = new Set<string>();
  return {
    has: (execution) => seen.has(execution),
    add(execution, place, answer) {
      if (seen.has(execution)) return;
      seen.add(execution);
      const group = groups.get(answer.key);
      const member = { execution, place };
      if (!group) {
        groups.set(answer.key, { id: answer.key, answer, first: place, members: [member] });
        return;
      }
      group.members.push(member);
      if (place > group.first) return;
      group.first = place;
      group.answer = answer;
    },
    gathered(executions, lines) {
      const sorted = [...groups.values()].toSorted(largestFirst);
      const majority = majorityOf(sorted);
      const kinds = sorted.map((group) => ({ group, kind: kindOf(group, majority) }));
      const counts: Record<ClusterKind, number> = { same: 0, similar: 0, different: 0, silent: 0 };
      for (const { group, kind } of kinds) counts[kind] += group.members.length;
      const ordered = kinds.toSorted((a, b) => rank[a.kind] - rank[b.kind]);
      const silent = ordered.filter(({ kind }) => kind === 'silent').slice(0, mostSilent);
      const spoke = ordered.filter(({ kind }) => kind !== 'silent').slice(0, mostClusters);
      const shown = [...spoke, ...silent];
      const hidden = ordered.filter((each) => !shown.includes(each));
      return {
        counts,
        toAnswer: executions - seen.size,
        clusters: shown.map(({ group, kind }) => clusterOf(group, kind, { majority, lines })),
        rest: {
          clusters: hidden.length,
          nodes: hidden.reduce((sum, { group }) => sum + group.members.length, 0),
        },
      };
    },
  };
}

const rank: Readonly<Record<ClusterKind, number>> = { same: 0, similar: 1, different: 2, silent: 3 };

function largestFirst(a: Group, b: Group): number {
  return b.members.length - a.members.length || a.first - b.first;
}

/** The largest answer; saying nothing and ending well counts as one, saying nothing otherwise does not. */
function majorityOf(sorted: readonly Group[]): Group | undefined {
  return sorted.find(({ answer }) => answer.total > 0 || isWell(answer.end));
}

function kindOf(group: Group, majority: Group | undefined): ClusterKind {
  if (group === majority) return 'same';
  const { answer } = group;
  if (answer.total === 0) return 'silent';
  if (!majority || answer.end !== majority.answer.end || answer.total !== majority.answer.total) {
    return 'different';
  }
  // What is not kept can not be compared.
  if (answer.lines.length < answer.total) return 'different';
  const { equal, inTokens } = differenceOf(group, majority);
  return inTokens && equal * 2 >= answer.lines.length ? 'similar' : 'different';
}

function differenceOf(group: Group, majority: Group): Difference {
  const { compared, answer } = group;
  if (compared?.answer === answer && compared.majority === majority.answer) return compared.difference;
  const found = difference(answer, majority.answer);
  group.compared = { answer, majority: majority.answer, difference: found };
  return found;
}

type Showing = { readonly majority: Group | undefined; readonly lines: number | undefined };

function clusterOf(group: Group, kind: ClusterKind, { majority, lines: most }: Showing): Cluster {
  const { id, answer, members } = group;
  const executions = members.toSorted((a, b) => a.place - b.place).map(({ execution }) => execution);
  const base = { id, kind, end: answer.end, executions, total: answer.total };
  if (kind === 'silent') return { ...base, lines: [], equal: 0, more: 0 };
  if (!majority || group === majority) {
    const lines = answer.lines.slice(0, most ?? mostOfMajority).map(plainLine);
    return { ...base, lines, equal: answer.total, more: answer.total - lines.length };
  }
  const { lines, equal } = differenceOf(group, majority);
  const shown = lines.slice(0, most ?? mostDifferent);
  const more = lines.slice(shown.length).reduce((sum, line) => sum + linesIn(line), 0);
  return { ...base, lines: shown, equal, more };
}

function plainLine({ stream, text }: Answer['lines'][number], at: number): ShownLine {
  return { number: at + 1, stream, parts: [{ text, differs: false }] };
}
