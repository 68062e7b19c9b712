import {
  capitalised,
  executionLook,
  formatDuration,
  outcomeLook,
  spokenDuration,
  mayStillRun,
} from '../../core/run/format.ts';
import { type Look, transferText } from '../../core/run/format.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { isLive, waitsForInput } from '../../core/run/state.ts';
import { endMessage } from '../../core/run/statuses.ts';
import { visible } from '../../core/util/visible.ts';
import { shownStatus, statusRank } from './status.ts';
import { executionName } from '../../core/run/executionName.ts';

/** One node as its row shows it. */
export type Row = {
  readonly id: string;
  readonly node: string;
  readonly look: Look;
  readonly line: string;
  /** `3`, or nothing for what has no exit code. */
  readonly exit: string;
  readonly time: string;
  /** Took more than five times the median. */
  readonly slow: boolean;
  /** The row in a sentence, for a screen reader. */
  readonly label: string;
};

export const sortKeys = ['status', 'node', 'line', 'exit', 'time'] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sort = { readonly by: SortKey; readonly descending: boolean };

export const byStatus: Sort = { by: 'status', descending: false };

/** `medianMs` is that of the executions that ended; nothing is slow without one. */
export type RowContext = {
  readonly state: BatchState;
  readonly now: number;
  readonly medianMs: number | undefined;
};

export function rowOf(execution: ExecutionState, { state, now, medianMs }: RowContext): Row {
  const status = shownStatus(state, execution);
  const look = status === execution.status ? executionLook(execution) : outcomeLook[status];
  const elapsed = elapsedOf(execution, now);
  const growth = isLive(execution.status) ? 'live' : 'ended';
  const node = shortName(visible(executionName(execution)));
  const said = lastLineOf(execution);
  const line = waitsForInput(execution, now) ? `${said} (waiting for input?)` : said;
  const exit = execution.exitCode === null ? '' : String(execution.exitCode);
  const spoken = [
    node,
    look.inSentence,
    exit && `exit ${exit}`,
    elapsed !== undefined && spokenDuration(elapsed, growth),
    line && `last line: ${line}`,
  ];
  return {
    id: execution.id,
    node,
    look,
    line,
    exit,
    time: elapsed === undefined ? '' : formatDuration(elapsed, growth),
    slow: elapsed !== undefined && medianMs !== undefined && elapsed > Math.max(1_000, medianMs * 5),
    label: spoken.filter(Boolean).join(', '),
  };
}

/** The last line of what a node said; for what never answered, or was ended by us, our own message. */
export function lastLineOf(execution: ExecutionState): string {
  const { outcome, lastLine, transfer } = execution;
  if (!outcome && transfer) return transferText(transfer);
  if (!outcome || outcome.status === 'ok') return visible(lastLine);
  if (lastLine !== '' && (outcome.status === 'failed' || outcome.status === 'signalled'))
    return visible(lastLine);
  return capitalised(visible(endMessage(execution)));
}

/** Milliseconds since the execution left the queue, or that it took; undefined while it waits. */
export function elapsedOf(execution: ExecutionState, now: number): number | undefined {
  if (execution.startedAt === undefined) return undefined;
  return Math.max(0, (execution.endedAt ?? now) - execution.startedAt);
}

/** Executions in the order of `sort`; equal ones in the order of the plan. */
export function sortExecutions(state: BatchState, sort: Sort, now: number): readonly ExecutionState[] {
  const sign = sort.descending ? -1 : 1;
  const compare = comparators(state, now)[sort.by];
  return [...state.executions].sort((a, b) => sign * compare(a, b));
}

/** Names longer than 60 characters are cut in the middle. */
export function shortName(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 34)}…${name.slice(-25)}`;
}

type Compare = (a: ExecutionState, b: ExecutionState) => number;

function comparators(state: BatchState, now: number): Readonly<Record<SortKey, Compare>> {
  const rank = (each: ExecutionState): number =>
    mayStillRun(each) ? -1 : statusRank(shownStatus(state, each));
  const time = (each: ExecutionState): number => elapsedOf(each, now) ?? -1;
  const started = (each: ExecutionState): number => (isLive(each.status) ? (each.startedAt ?? Infinity) : 0);
  return {
    status: (a, b) => rank(a) - rank(b) || difference(started(a), started(b)),
    node: (a, b) => natural.compare(a.node, b.node),
    line: (a, b) => natural.compare(lastLineOf(a), lastLineOf(b)),
    exit: (a, b) => (a.exitCode ?? -1) - (b.exitCode ?? -1),
    time: (a, b) => time(a) - time(b),
  };
}

function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

const natural = new Intl.Collator('en', { numeric: true });
