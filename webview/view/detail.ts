import { capitalised, executionLook, formatDuration, outcomeLook } from '../../core/run/format.ts';
import type { Look } from '../../core/run/format.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { isLive } from '../../core/run/state.ts';
import type { Outcome } from '../../core/run/outcome.ts';
import { endMessage } from '../../core/run/statuses.ts';
import { failedStep } from '../../core/run/stepState.ts';
import { visible } from '../../core/util/visible.ts';
import { clockTime } from './headline.ts';
import { shownStatus } from './status.ts';

export type Pair = readonly [label: string, value: string];

/** What stands beside the output of one node. */
export type Detail = {
  readonly look: Look;
  readonly title: string;
  readonly sentences: readonly string[];
  /** Where in Muster or a plugin it crashed, for whoever mends it; nothing without. */
  readonly stack: string;
  readonly connection: readonly Pair[];
  readonly times: readonly Pair[];
};

export function detailOf(state: BatchState, execution: ExecutionState, now: number): Detail {
  const { outcome } = execution;
  const look = outcome ? executionLook(execution) : outcomeLook[shownStatus(state, execution)];
  const said = outcome ? outcomeSentence(execution, outcome) : '';
  return {
    look,
    title: outcome ? outcomeTitle(outcome, look) : look.word,
    sentences: [said, ...execution.notes].filter((each) => each !== '').map(visible),
    stack: outcome?.status === 'crashed' ? stackText(outcome.stack) : '',
    connection: connectionOf(execution),
    times: timesOf(state, execution, now),
  };
}

function stackText(stack = ''): string {
  return stack.split('\n').map(visible).join('\n');
}

function outcomeTitle(outcome: Outcome, look: Look): string {
  switch (outcome.status) {
    case 'ok':
      return 'Ok';
    case 'failed':
      return outcome.exitCode === undefined ? 'Failed' : `Exit ${outcome.exitCode}`;
    case 'signalled':
      return `Killed by ${visible(outcome.signal)}`;
    case 'timed-out':
    case 'unreachable':
    case 'lost':
    case 'cancelled':
    case 'skipped':
    case 'not-started':
    case 'refused':
    case 'interrupted':
    case 'crashed':
      return look.word;
  }
}

function outcomeSentence(execution: ExecutionState, outcome: Outcome): string {
  switch (outcome.status) {
    case 'ok':
      return execution.exitCode === null ? 'All of it went well.' : 'The command answered with exit code 0.';
    case 'failed':
      if (outcome.exitCode === undefined) return capitalised(outcome.message);
      return `${subjectOf(execution)} answered with exit code ${outcome.exitCode}.`;
    case 'signalled':
      return 'A signal ended the command on the node.';
    case 'timed-out':
    case 'unreachable':
    case 'lost':
    case 'cancelled':
    case 'skipped':
    case 'not-started':
    case 'refused':
    case 'interrupted':
    case 'crashed':
      return capitalised(endMessage(execution));
  }
}

/** What had the exit code: the command, or a step of a playbook. */
function subjectOf(execution: ExecutionState): string {
  const step = failedStep(execution);
  return step ? `“${step.title}”` : 'The command';
}

function connectionOf({ connection, pid }: ExecutionState): readonly Pair[] {
  const process: readonly Pair[] = pid === undefined ? [] : [['process', `pid ${pid}`]];
  if (!connection) return process;
  const { transport, host, port, user, via, auth, hostKey, reused } = connection;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['address', port === undefined ? host : `${host}:${port}`],
    ['user', user],
    ['via', via.map((hop) => hop.host).join(', ')],
    ['transport', reused ? `${transport}, connection re-used` : transport],
    ['login', auth],
    ['host key', hostKey],
  ];
  const known = rows.flatMap(([label, value]): Pair[] => (value ? [[label, visible(value)]] : []));
  return [...known, ...process];
}

function timesOf(state: BatchState, execution: ExecutionState, now: number): readonly Pair[] {
  const { startedAt, endedAt, phases, status, attempts } = execution;
  const until = endedAt ?? now;
  const ran = phases.find(({ phase }) => phase === 'run')?.at;
  const growth = isLive(status) ? 'live' : 'ended';
  if (startedAt === undefined) {
    return endedAt === undefined ? [['queued', formatDuration(until - state.startedAt, 'live')]] : [];
  }
  const connectingGrowth = ran === undefined ? growth : 'ended';
  return [
    ['queued', formatDuration(startedAt - state.startedAt)],
    ['connecting', formatDuration((ran ?? until) - startedAt, connectingGrowth)],
    ...(ran === undefined ? [] : [['running', formatDuration(until - ran, growth)] as const]),
    ...(attempts > 1 ? [['attempts', String(attempts)] as const] : []),
    ...(endedAt === undefined ? [] : [['ended', clockTime(endedAt)] as const]),
  ];
}
