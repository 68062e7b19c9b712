import { actionTitle } from '../run/actionText.ts';
import type { ExecutionState, ExecutionStatus } from '../run/executionState.ts';
import { outcomeLook } from '../run/format.ts';
import type { BatchState } from '../run/state.ts';
import { endMessage } from '../run/statuses.ts';
import { type JournalEntry, type JournalLevel, longestText } from './entry.ts';

/** What a batch did to a node, an entry for each of its executions there. */
export function entriesOfBatch(state: BatchState, node: string): readonly JournalEntry[] {
  return state.executions.filter((each) => each.node === node).map((each) => entryOf(state, each));
}

function entryOf({ id, startedAt, user, plan }: BatchState, execution: ExecutionState): JournalEntry {
  return {
    id: `${id}/${execution.id}`,
    at: execution.startedAt ?? startedAt,
    node: execution.node,
    kind: 'execution',
    type: plan.action.type,
    level: levelOf(execution.status),
    source: 'muster',
    by: user,
    text: actionTitle(plan.action).slice(0, longestText),
    result: execution.outcome ? endMessage(execution) : outcomeLook[execution.status].inSentence,
    link: { batch: id, execution: execution.id },
  };
}

function levelOf(status: ExecutionStatus): JournalLevel {
  switch (status) {
    case 'ok':
    case 'skipped':
    case 'queued':
    case 'connecting':
    case 'waiting':
    case 'running':
      return 'info';
    case 'cancelled':
    case 'not-started':
      return 'warning';
    case 'failed':
    case 'signalled':
    case 'timed-out':
    case 'unreachable':
    case 'lost':
    case 'refused':
    case 'interrupted':
    case 'crashed':
      return 'error';
  }
}
