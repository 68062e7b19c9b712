import { failures } from '../../core/run/state.ts';
import type { BatchState, ExecutionState, ExecutionStatus } from '../../core/run/state.ts';
import { isLive } from '../../core/run/state.ts';
import { outcomeLook } from '../../core/run/format.ts';
import type { Look } from '../../core/run/format.ts';
import { lastLineOf } from './rows.ts';
import { shownStatus, statusOrder } from './status.ts';
import { executionName } from '../../core/run/executionName.ts';

/** What a chip stands for: one status, or everything that ended and is neither ok nor skipped. */
export type Kind = ExecutionStatus | 'not-ok';

/** No kinds means all. `text` is looked for in names and last lines, whatever its case. */
export type Filter = {
  readonly kinds: readonly Kind[];
  readonly text: string;
  /** Only these executions: those of an answer or of a reason. */
  readonly only?: Only | undefined;
};

/** `label` says what they have in common: `≈ 9 similar`. */
export type Only = { readonly label: string; readonly executions: readonly string[] };

/** The filter with only these executions; without, where it has only them already. */
export function turnOnly(filter: Filter, only: Only): Filter {
  return { ...filter, kinds: [], only: isOnly(filter, only) ? undefined : only };
}

/** Whether a filter has only these: two answers of one node each may be called the same. */
export function isOnly({ only: known }: Filter, { label, executions: [first] }: Only): boolean {
  return known?.label === label && known.executions[0] === first;
}

export const noFilter: Filter = { kinds: [], text: '' };

export type Chip = { readonly kind: Kind; readonly look: Look; readonly count: number };

const notOk: Look = { icon: 'warning', family: 'unknown', word: 'Not ok', inSentence: 'not ok', mark: '!' };

/** The statuses that are present, in the order of the list; at the end `Not ok` before them. */
export function chipsOf(state: BatchState): readonly Chip[] {
  const counts = new Map<ExecutionStatus, number>();
  for (const each of state.executions) {
    const status = shownStatus(state, each);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const chips = statusOrder.flatMap((kind): Chip[] => {
    const count = counts.get(kind) ?? 0;
    return count > 0 ? [{ kind, look: outcomeLook[kind], count }] : [];
  });
  const failed = failures(state);
  const summed = state.status !== 'running' && failed > 0 && failed < state.executions.length;
  return summed ? [{ kind: 'not-ok', look: notOk, count: failed }, ...chips] : chips;
}

/** One chip is pressed at a time; with Ctrl it is added or taken away. */
export function pressChip(filter: Filter, kind: Kind | undefined, add: boolean): Filter {
  if (kind === undefined) return { ...filter, kinds: [] };
  if (filter.kinds.includes(kind)) {
    return { ...filter, kinds: add ? filter.kinds.filter((each) => each !== kind) : [] };
  }
  return { ...filter, kinds: add ? [...filter.kinds, kind] : [kind] };
}

export function matches(state: BatchState, filter: Filter): (execution: ExecutionState) => boolean {
  const kinds = new Set<Kind>(filter.kinds);
  const text = filter.text.trim().toLowerCase();
  const only = filter.only && new Set(filter.only.executions);
  return (execution) => {
    if (only && !only.has(execution.id)) return false;
    if (kinds.size > 0 && !kinds.has(shownStatus(state, execution))) {
      if (!kinds.has('not-ok') || !isNotOk(execution)) return false;
    }
    if (text === '') return true;
    return (
      executionName(execution).toLowerCase().includes(text) ||
      lastLineOf(execution).toLowerCase().includes(text)
    );
  };
}

/** `No node is Killed and contains “oom”.` */
export function noHit(filter: Filter): string {
  const words = filter.kinds.map((kind) => (kind === 'not-ok' ? notOk : outcomeLook[kind]).word);
  const parts = [
    filter.only !== undefined && `is among “${filter.only.label}”`,
    words.length > 0 && `is ${words.join(' or ')}`,
    filter.text.trim() !== '' && `contains “${filter.text.trim()}”`,
  ];
  return `No node ${parts.filter(Boolean).join(' and ')}.`;
}

function isNotOk({ status }: ExecutionState): boolean {
  return !isLive(status) && status !== 'ok' && status !== 'skipped';
}
