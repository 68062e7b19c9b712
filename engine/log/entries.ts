import { actionTitle } from '../../core/run/action.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import { type ExecutionEvent, isOfExecution } from '../../core/run/executionState.ts';
import { metricsOf } from '../../core/run/metrics.ts';
import type { BatchState } from '../../core/run/state.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import type { LogEntry } from './engineLog.ts';

/** Characters of one text in the log. */
const most = 2000;

/** What an event of a batch is in the engine's log; undefined for those that only its own log has. */
export function entryOf(
  batch: string,
  event: LoggedEvent,
  state: () => BatchState | undefined,
): LogEntry | undefined {
  if (isOfExecution(event)) return crashOf(batch, event);
  switch (event.type) {
    case 'batchStarted':
      return { event: 'start', batch, user: event.user, ...startOf(event) };
    case 'batchFinished': {
      const ended = state();
      return {
        event: 'end',
        batch,
        status: event.end,
        ...(ended && { ...metricsOf(ended), counts: countsOf(ended) }),
      };
    }
    case 'cancelRequested': {
      const { which, execution } = event;
      return { event: 'cancel', batch, which, ...(execution !== undefined && { execution }) };
    }
    case 'paused':
    case 'resumed':
      return { event: event.type, batch };
    case 'barrierPassed':
      return { event: 'barrier', batch, wave: event.wave, go: event.go };
    case 'limitChanged':
      return { event: 'limit', batch, heldBy: event.heldBy, concurrency: event.concurrency };
    case 'breakerChanged':
      return { event: 'breaker', batch, key: event.key, state: event.state };
    case 'promptRaised':
    case 'promptAnswered':
    case 'waveStarted':
    case 'probeFinished':
    case 'waveFinished':
    case 'barrierWaiting':
    case 'note':
    case 'stopReport':
      return undefined;
  }
}

/** A crash is our own fault, or a plugin's: whoever looks after the engine has to hear of it. */
function crashOf(batch: string, event: ExecutionEvent): LogEntry | undefined {
  if (event.type !== 'executionFinished' || event.outcome.status !== 'crashed') return undefined;
  const { execution, outcome } = event;
  return { event: 'crashed', batch, execution, message: outcome.message.slice(0, most) };
}

function startOf({
  plan,
}: Extract<LoggedEvent, { type: 'batchStarted' }>): Readonly<Record<string, unknown>> {
  const { action, request, executions, strategy } = plan;
  return {
    action: actionTitle(action).slice(0, most),
    selection: request.selection.slice(0, most),
    targets: executions.length,
    nodes: foldForDisplay(executions.map(({ node }) => node)).slice(0, most),
    strategy,
    ...(request.origin && { origin: request.origin }),
  };
}

/** The statuses that there are. */
function countsOf({ counts }: BatchState): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
