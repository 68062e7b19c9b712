import { formatDuration, plural } from '../../core/run/format.ts';
import { isLive } from '../../core/run/state.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import type { WaveState } from '../../core/run/waveState.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { visible } from '../../core/util/visible.ts';
import { type Segment, segmentsOf } from './bar.ts';
import { type CellStatus, cellLook, cellStatuses, cellStatusesOf } from './stepCells.ts';
import type { StepColumn } from './stepColumns.ts';
import { shortName } from './rows.ts';
import { executionName } from '../../core/run/executionName.ts';

/** Nodes that went the same way through the steps, one of them, or the head of a wave. */
export type MatrixRow =
  | {
      readonly type: 'wave';
      readonly key: string;
      readonly title: string;
      readonly facts: string;
      readonly verdict: string;
      readonly segments: readonly Segment[];
      /** Whether its nodes are listed below. */
      readonly open: boolean;
    }
  | {
      readonly type: 'nodes';
      readonly key: string;
      readonly names: string;
      readonly executions: readonly [ExecutionState, ...ExecutionState[]];
      readonly statuses: readonly CellStatus[];
      /** Whether its nodes are listed below; undefined for a single node. */
      readonly open: boolean | undefined;
      /** It is one of the nodes of the row above. */
      readonly inner: boolean;
    };

type WaveRow = Extract<MatrixRow, { type: 'wave' }>;

export type MatrixInput = {
  readonly state: BatchState;
  readonly columns: readonly StepColumn[];
  /** Those that the filter lets through, in the order of the plan. */
  readonly executions: readonly ExecutionState[];
  /** Whether nodes that went the same way are one row. */
  readonly fold: boolean;
  /** Keys of rows that are open. */
  readonly turned: readonly string[];
  readonly now: number;
};

export function matrixRows(input: MatrixInput): readonly MatrixRow[] {
  const { state, executions } = input;
  if (state.waves.length === 0) return waysOf(executions, input);
  const byWave = Map.groupBy(executions, ({ wave }) => wave ?? 0);
  const first = signatures(byWave.get(1) ?? [], input.columns);
  const later = byWave.get(0) ?? [];
  const waves = state.waves.flatMap((wave): readonly MatrixRow[] => {
    const nodes = byWave.get(wave.wave) ?? [];
    const head = waveHead(wave, nodes, { ...input, first });
    return nodes.length === 0 ? [] : [head, ...(head.open ? waysOf(nodes, input) : [])];
  });
  if (later.length === 0) return waves;
  const head = laterHead(later, input);
  return [...waves, head, ...(head.open ? waysOf(later, input) : [])];
}

function waysOf(executions: readonly ExecutionState[], input: MatrixInput): readonly MatrixRow[] {
  const { state, columns, fold, turned } = input;
  if (!fold) return executions.map((each) => nodeRow(each, columns, false));
  const ways = [...Map.groupBy(executions, (each) => wayOf(each, columns)).values()];
  // While it runs no row moves over others.
  const sorted = state.status === 'running' ? ways : ways.toSorted(failedFirst);
  return sorted.flatMap(([first, ...others]): readonly MatrixRow[] => {
    if (!first) return [];
    if (others.length === 0) return [nodeRow(first, columns, false)];
    const key = `way ${first.id}`;
    const open = turned.includes(key);
    const names = foldForDisplay([first, ...others].map(({ node }) => visible(node)));
    const statuses = cellStatusesOf(first, columns);
    const head: MatrixRow = {
      type: 'nodes',
      key,
      names,
      executions: [first, ...others],
      statuses,
      open,
      inner: false,
    };
    return open ? [head, ...[first, ...others].map((each) => nodeRow(each, columns, true))] : [head];
  });
}

/** How a node went through the steps, and why it failed at one. */
function wayOf(execution: ExecutionState, columns: readonly StepColumn[]): string {
  const { steps = [] } = execution;
  const own = new Set(columns.map(({ step }) => step));
  const why = steps.filter(({ step, status }) => status === 'failed' && own.has(step));
  const end = steps.length === 0 ? [execution.status] : why.map(({ message }) => message);
  return [...cellStatusesOf(execution, columns), ...end].join('\0');
}

/** Nodes that failed before those that went well, each in the order of the plan. */
function failedFirst([a]: readonly ExecutionState[], [b]: readonly ExecutionState[]): number {
  return Number(isWell(a)) - Number(isWell(b));
}

function isWell(execution: ExecutionState | undefined): boolean {
  return execution?.status === 'ok' || execution?.status === 'skipped';
}

function nodeRow(execution: ExecutionState, columns: readonly StepColumn[], inner: boolean): MatrixRow {
  return {
    type: 'nodes',
    key: execution.id,
    names: shortName(visible(executionName(execution))),
    executions: [execution],
    statuses: cellStatusesOf(execution, columns),
    open: undefined,
    inner,
  };
}

function waveHead(
  { wave, startedAt, endedAt, status }: WaveState,
  nodes: readonly ExecutionState[],
  { columns, now, first, turned }: MatrixInput & { readonly first: ReadonlySet<string> },
): WaveRow {
  const done = nodes.filter((each) => !isLive(each.status));
  const isOver = status === 'done';
  const facts = [
    plural(nodes.length, 'node'),
    !isOver && `${done.length} done`,
    formatDuration((endedAt ?? now) - startedAt, isOver ? 'ended' : 'live'),
  ];
  const key = `wave ${wave}`;
  return {
    type: 'wave',
    key,
    open: !turned.includes(key),
    title: `Wave ${wave}`,
    facts: facts.filter(Boolean).join(', '),
    verdict: wave === 1 ? 'baseline' : verdictOf(done, columns, first),
    segments: segmentsOf(nodes),
  };
}

/** How the nodes of a wave that have ended went, beside the first wave. */
function verdictOf(
  done: readonly ExecutionState[],
  columns: readonly StepColumn[],
  first: ReadonlySet<string>,
): string {
  if (done.length === 0 || first.size === 0) return '';
  const others = done.filter((each) => !first.has(cellStatusesOf(each, columns).join(' ')));
  return others.length === 0 ? 'like the baseline' : `${plural(others.length, 'node')} unlike the baseline`;
}

function signatures(
  executions: readonly ExecutionState[],
  columns: readonly StepColumn[],
): ReadonlySet<string> {
  const done = executions.filter((each) => !isLive(each.status));
  return new Set(done.map((each) => cellStatusesOf(each, columns).join(' ')));
}

function laterHead(nodes: readonly ExecutionState[], { turned }: MatrixInput): WaveRow {
  return {
    type: 'wave',
    key: 'later',
    open: !turned.includes('later'),
    title: 'Later waves',
    facts: plural(nodes.length, 'node'),
    verdict: '',
    segments: segmentsOf(nodes),
  };
}

/** How many nodes are how far with a step; `text` says it in a sentence. */
export type ColumnFacts = {
  readonly text: string;
  /** Each status with its nodes, where there is more to say than how many are ok. */
  readonly counts: readonly { readonly status: CellStatus; readonly count: number }[];
};

/** Below the title of a step: `25 of 25 ok`, `21 ok, 1 failed, 3 running`. */
export function columnFacts(column: number, columns: readonly StepColumn[], state: BatchState): ColumnFacts {
  const counts = new Map<CellStatus, number>();
  for (const each of state.executions) {
    const status = cellStatusesOf(each, columns)[column] ?? 'open';
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const ok = (counts.get('ok') ?? 0) + (counts.get('changed') ?? 0);
  const others = cellStatuses
    .filter((status) => status !== 'ok' && status !== 'changed' && status !== 'open')
    .flatMap((status) => {
      const count = counts.get(status) ?? 0;
      return count === 0 ? [] : [{ status, count }];
    });
  if (others.length === 0)
    return { text: ok === 0 ? 'to come' : `${ok} of ${state.executions.length} ok`, counts: [] };
  const all = [...(ok > 0 ? [{ status: 'ok' as const, count: ok }] : []), ...others];
  return {
    text: all.map(({ status, count }) => `${count} ${cellLook[status].word}`).join(', '),
    counts: all,
  };
}
