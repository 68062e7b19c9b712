import type { Answers } from '../../core/protocol/answers.ts';
import { isWell } from '../../core/run/gather/answer.ts';
import type { Cluster, ClusterKind } from '../../core/run/gather/cluster.ts';
import { clusterKinds } from '../../core/run/gather/cluster.ts';
import { plural } from '../../core/run/format.ts';
import type { ShownLine } from '../../core/run/gather/difference.ts';
import { isStepOver } from '../../core/run/gather/stepAnswer.ts';
import { type BatchState, completed } from '../../core/run/state.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { visible } from '../../core/util/visible.ts';
import { withoutMasks } from '../../core/run/gather/masks.ts';
import type { View } from './view.ts';

/** The four words of answers, and their signs. */
export const clusterSign: Readonly<Record<ClusterKind, string>> = {
  same: '=',
  similar: '≈',
  different: '≠',
  silent: '∅',
};

/** A count of the head: `= 62 same`. */
export type AnswerCount = { readonly kind: ClusterKind; readonly sign: string; readonly text: string };

/** One answer as it is shown. */
export type AnswerRow = {
  readonly id: string;
  readonly kind: ClusterKind;
  readonly sign: string;
  readonly count: number;
  readonly word: string;
  /** `exit 3`, `no answer`. */
  readonly end: string;
  readonly isFailure: boolean;
  readonly names: string;
  readonly executions: readonly string[];
  readonly open: boolean;
  readonly lines: readonly BodyLine[];
  /** What is below the lines: `9 more lines`, `2 more lines the same`. */
  readonly below: string;
  /** The row in a sentence, for a screen reader and for the filter's chip. */
  readonly label: string;
};

export type BodyLine = {
  readonly number: string;
  readonly isStderr: boolean;
  /** `line 3 missing`, `lines 3–5 missing`, as the largest answer counts; nothing for a line that is there. */
  readonly missing: string;
  readonly parts: ShownLine['parts'];
  /** `majority 28`. */
  readonly majority: string;
};

export type Who = {
  readonly counts: readonly AnswerCount[];
  /** Nodes that have not ended: with those that are completed they are all. */
  readonly toAnswer: number;
  /** Nodes that have ended and whose answers are not among the counts yet. */
  readonly toCompare: number;
  readonly rows: readonly AnswerRow[];
  /** Different answers of one node each that are folded into one row. */
  readonly singles: { readonly count: number; readonly listed: boolean } | undefined;
  /** Nodes whose answers are not among the rows. */
  readonly unlisted: number;
};

/** Above this many answers of one node each, they are one row. */
const mostSingles = 20;
/** Marks in `View.turned` that a person wants to see them all. */
export const listSingles = 'singles';
/** Marks in `View.turned` that a person wants to see all lines of an answer. */
export const allLinesOf = (id: string): string => `lines ${id}`;
const fewLines = 3;

export function whoDiffers(state: BatchState, answers: Answers | undefined, view: View): Who {
  const waiting = answersToCome(state, answers);
  if (!answers) return { counts: [], ...waiting, rows: [], singles: undefined, unlisted: 0 };
  const names = new Map(state.executions.map(({ id, node }) => [id, node]));
  const { clusters, rest, counts } = answers;
  const isSingle = ({ kind, executions }: Cluster): boolean =>
    kind === 'different' && executions.length === 1;
  const single = clusters.filter(isSingle).length + rest.nodes;
  const fold = single > mostSingles && rest.clusters === rest.nodes;
  const listed = view.turned.includes(listSingles);
  const shown = fold && !listed ? clusters.filter((each) => !isSingle(each)) : clusters;
  return {
    counts: clusterKinds
      .filter((kind) => counts[kind] > 0)
      .map((kind) => ({ kind, sign: clusterSign[kind], text: `${counts[kind]} ${kind}` })),
    ...waiting,
    rows: shown.map((cluster) => rowOf(cluster, names, view)),
    singles: fold ? { count: single, listed } : undefined,
    unlisted: fold && !listed ? 0 : rest.nodes,
  };
}

/** Answers are gathered once a second, so those of some nodes that have ended are not known yet. */
function answersToCome(state: BatchState, answers: Answers | undefined): Pick<Who, 'toAnswer' | 'toCompare'> {
  const open = answers?.toAnswer ?? state.executions.length;
  const step = answers?.step;
  const over =
    step === undefined ? completed(state) : state.executions.filter((each) => isStepOver(each, step)).length;
  const toAnswer = Math.min(open, state.executions.length - over);
  return { toAnswer, toCompare: open - toAnswer };
}

function rowOf(cluster: Cluster, names: ReadonlyMap<string, string>, view: View): AnswerRow {
  const { id, kind, end, executions } = cluster;
  const count = executions.length;
  const nodes = foldForDisplay(executions.map((each) => visible(names.get(each) ?? each)));
  const open = (kind !== 'silent') !== view.turned.includes(id);
  const isAll = kind !== 'same' || view.turned.includes(allLinesOf(id));
  const lines = isAll ? cluster.lines : cluster.lines.slice(0, fewLines);
  return {
    id,
    kind,
    sign: clusterSign[kind],
    count,
    word: kind,
    end,
    isFailure: !isWell(end) && kind !== 'silent',
    names: nodes,
    executions,
    open,
    lines: lines.map(bodyLine),
    below: belowOf(cluster, lines.length),
    label: `${count} ${kind}, ${end}, ${nodes}`,
  };
}

function bodyLine({ number, missing, stream, parts, majority }: ShownLine): BodyLine {
  const isOne = !missing || missing[0] === missing[1];
  return {
    number: number === 0 ? '' : String(number),
    isStderr: stream === 'stderr',
    missing: missing ? missingText(missing) : '',
    parts: parts.map((part) => ({ ...part, text: visible(part.text) })),
    majority: majority === undefined ? '' : withoutMasks(visible(majority)) + (isOne ? '' : ' …'),
  };
}

function missingText([first, last]: NonNullable<ShownLine['missing']>): string {
  return first === last ? `line ${first} missing` : `lines ${first}–${last} missing`;
}

function belowOf({ kind, total, equal, more, lines }: Cluster, shown: number): string {
  if (total === 0) return 'no output';
  if (kind === 'same') return total > shown ? plural(total - shown, 'more line') : '';
  const same = equal === total ? `all ${plural(total, 'line')}` : plural(equal, 'more line');
  const rest = [
    more > 0 && `${more} more differ`,
    lines.length === 0 && equal < total && `differs after line ${equal}`,
    (lines.length > 0 || equal === total) && equal > 0 && `${same} the same`,
  ];
  return rest.filter(Boolean).join(' · ');
}
