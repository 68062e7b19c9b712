import { InvalidArgumentError } from 'commander';
import { type ExecutionStatus, liveStatuses } from '../../core/run/state.ts';
import { outcomeStatuses } from '../../core/run/statuses.ts';

const known: readonly ExecutionStatus[] = [...outcomeStatuses, ...liveStatuses];

/** Words for several statuses. */
const groups: Readonly<Record<string, readonly ExecutionStatus[]>> = {
  failures: outcomeStatuses.filter((status) => status !== 'ok' && status !== 'skipped'),
  unfinished: liveStatuses,
};

/** `failed,timed-out`, `failures`. */
export function statusNames(text: string): readonly ExecutionStatus[] {
  return text.split(',').flatMap((part) => {
    const name = part.trim();
    const found = groups[name] ?? known.filter((status) => status === name);
    if (found.length > 0) return found;
    const all = [...known, ...Object.keys(groups)].join(', ');
    throw new InvalidArgumentError(`"${name}" is no status. There are ${all}.`);
  });
}
