import { capitalised, executionLook, formatDuration, plural } from '../../core/run/format.ts';
import type { Look } from '../../core/run/format.ts';
import { isLive } from '../../core/run/state.ts';
import type { ExecutionState } from '../../core/run/state.ts';
import type { StepState } from '../../core/run/stepState.ts';
import { visible } from '../../core/util/visible.ts';
import type { StepColumn } from './stepColumns.ts';

/** How far one node is with one step; `open`: it may come, `never`: it will not. */
export const cellStatuses = [
  'ok',
  'changed',
  'failed',
  'rescued',
  'ignored',
  'running',
  'skipped',
  'open',
  'never',
] as const;
export type CellStatus = (typeof cellStatuses)[number];

export const cellLook: Readonly<Record<CellStatus, Pick<Look, 'icon' | 'family' | 'word'>>> = {
  ok: { icon: 'pass', family: 'ok', word: 'ok' },
  changed: { icon: 'pass', family: 'ok', word: 'changed' },
  failed: { icon: 'error', family: 'bad', word: 'failed' },
  rescued: { icon: 'warning', family: 'unknown', word: 'failed, rescued' },
  ignored: { icon: 'warning', family: 'unknown', word: 'failed, ignored' },
  running: { icon: 'loading', family: 'active', word: 'running' },
  skipped: { icon: 'debug-step-over', family: 'idle', word: 'skipped' },
  open: { icon: 'circle-outline', family: 'idle', word: 'to come' },
  never: { icon: 'dash', family: 'idle', word: 'not started' },
};

/** The states of a step on a node: one, or one for each item of its loop. */
export function stepsAt({ steps = [] }: ExecutionState, step: string): readonly StepState[] {
  return steps.filter((each) => each.step === step);
}

const known = new WeakMap<
  ExecutionState,
  { columns: readonly StepColumn[]; statuses: readonly CellStatus[] }
>();

/** How far a node is with each step. States never change, so each is looked at once. */
export function cellStatusesOf(
  execution: ExecutionState,
  columns: readonly StepColumn[],
): readonly CellStatus[] {
  const before = known.get(execution);
  if (before?.columns === columns) return before.statuses;
  const byStep = Map.groupBy(execution.steps ?? [], ({ step }) => step);
  const statuses = columns.map(({ step }) => statusOf(execution, byStep.get(step) ?? []));
  known.set(execution, { columns, statuses });
  return statuses;
}

function statusOf(execution: ExecutionState, steps: readonly StepState[]): CellStatus {
  const live = isLive(execution.status);
  if (steps.length === 0) return live ? 'open' : 'never';
  const failed = steps.filter(({ status }) => status === 'failed');
  if (failed.some(({ ignored, rescued }) => !ignored && !rescued)) return 'failed';
  // A step that had begun when the connection went away has no end of its own.
  if (steps.some(({ status }) => status === 'running')) return live ? 'running' : 'failed';
  if (failed.length > 0) return failed.some(({ rescued }) => rescued) ? 'rescued' : 'ignored';
  if (steps.every(({ status }) => status === 'skipped')) return 'skipped';
  return steps.some(({ changed }) => changed) ? 'changed' : 'ok';
}

/** Of a node that ended before its first step, how it ended: that stands in place of the first. */
export function unreachedLook(execution: ExecutionState): Pick<Look, 'icon' | 'family' | 'word'> | undefined {
  if (isLive(execution.status) || (execution.steps ?? []).length > 0) return undefined;
  const { icon, family, inSentence } = executionLook(execution);
  return { icon, family, word: inSentence };
}

/** What stands in the cell of some nodes that are equally far with a step. */
export function cellText(status: CellStatus, steps: readonly (readonly StepState[])[], now: number): string {
  const all = steps.flat();
  const tries = Math.max(0, ...all.map(({ attempts }) => attempts));
  const more = tries > 1 ? ` · ${tries} tries` : '';
  switch (status) {
    case 'open':
      return '';
    case 'never':
    case 'skipped':
      return cellLook[status].word;
    case 'failed':
    case 'rescued':
    case 'ignored': {
      const reasons = new Set(all.filter((each) => each.status !== 'ok').map(({ message }) => message));
      const [reason = ''] = reasons;
      const text = reasons.size === 1 && reason !== '' ? capitalised(visible(reason)) : 'Failed';
      return `${prefixes[status]}${text}${more}`;
    }
    case 'running': {
      const longest = Math.max(0, ...all.map(({ startedAt, endedAt }) => (endedAt ?? now) - startedAt));
      return `${formatDuration(longest, 'live')}${tries > 1 ? ` · try ${tries}` : ''}`;
    }
    case 'ok':
    case 'changed': {
      const items = Math.max(0, ...steps.map(({ length }) => length));
      const loop = items > 1 ? ` · ${plural(items, 'item')}` : '';
      return `${rangeText(steps.map(tookMs))}${more}${loop}${status === 'changed' ? ' · changed' : ''}`;
    }
  }
}

const prefixes = { failed: '', rescued: 'Rescued: ', ignored: 'Ignored: ' } as const;

/** `2.0–2.4 s`, or one time where both are as long. */
export function rangeText(times: readonly number[]): string {
  const [low, high] = [Math.min(...times), Math.max(...times)].map((ms) => formatDuration(ms));
  if (low === undefined || high === undefined || low === high) return high ?? '';
  return low.endsWith(' s') && high.endsWith(' s') ? `${low.slice(0, -2)}–${high}` : `${low}–${high}`;
}

/** Milliseconds that a step took on a node, its items together. */
function tookMs(steps: readonly StepState[]): number {
  return steps.reduce((sum, { startedAt, endedAt }) => sum + ((endedAt ?? startedAt) - startedAt), 0);
}
