import { type Command, InvalidArgumentError } from 'commander';
import { HistoryQuery } from '../../core/protocol/history.ts';
import { ActionType } from '../../core/run/action.ts';
import type { ExecutionStatus } from '../../core/run/state.ts';
import { pastTime } from '../arguments.ts';
import { statusNames } from '../batches/statusNames.ts';
import { readNodeNames } from '../nodeNames.ts';

/** Options that narrow down which batches. */
export type FilterFlags = {
  readonly since?: number;
  readonly until?: number;
  readonly user?: string;
  readonly status?: HistoryQuery['statuses'];
  readonly kind?: HistoryQuery['kinds'];
  readonly node?: readonly string[];
  readonly outcome?: readonly ExecutionStatus[];
  readonly tag?: string;
  readonly text?: string;
  readonly batch?: string;
};

export function addFilters(command: Command): Command {
  return command
    .option('--since <time>', "begun since: 2h, 30d, 2026-11-20, '2026-11-20 18:00'", pastTime)
    .option('--until <time>', 'begun before, written as for --since', pastTime)
    .option('--user <name>', 'run by this user')
    .option(
      '--status <list>',
      'with these ends: succeeded,partial,failed,cancelled,interrupted; or running',
      ends,
    )
    .option('--kind <list>', `that did this: ${ActionType.options.join(', ')}`, kinds)
    .option('--node <names>', 'on one of these nodes: web[01-20],db1', names)
    .option('--outcome <list>', 'that ended so on a node: unreachable,timed-out; or failures', statusNames)
    .option('--tag <tag>', 'on a node that had this tag')
    .option('--text <text>', 'with this text in the output of a node, whatever its case')
    .option('--batch <id>', 'whose id ends like this');
}

/** The flags as the engine is asked. */
export function filtersOf(flags: FilterFlags): HistoryQuery {
  const { since, until, user, status, kind, node, outcome, tag, text, batch } = flags;
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(user !== undefined && { user }),
    ...(status && { statuses: status }),
    ...(kind && { kinds: kind }),
    ...(node && { nodes: [...node] }),
    ...(outcome && { outcomes: [...outcome] }),
    ...(tag !== undefined && { tag }),
    ...(text !== undefined && { text }),
    ...(batch !== undefined && { batch }),
  };
}

function names(text: string): readonly string[] {
  const found = readNodeNames(text);
  if (!found.ok) throw new InvalidArgumentError(found.error.message);
  return found.value;
}

function ends(text: string): HistoryQuery['statuses'] {
  return listed(text, HistoryQuery.shape.statuses.unwrap().element);
}

function kinds(text: string): HistoryQuery['kinds'] {
  return listed(text, HistoryQuery.shape.kinds.unwrap().element);
}

type Words<T extends string> = { readonly options: readonly T[] };

function listed<T extends string>(text: string, { options }: Words<T>): T[] {
  return text.split(',').map((part) => {
    const found = options.find((option) => option === part.trim());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`"${part.trim()}" is none of ${options.join(', ')}.`);
  });
}
