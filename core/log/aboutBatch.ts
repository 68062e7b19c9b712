import { actionTitle } from '../run/actionText.ts';
import type { LoggedEvent } from '../run/events.ts';
import type { ExecutionEvent } from '../run/executionState.ts';
import { batchLook, formatDuration, plural } from '../run/format.ts';
import type { Rates } from '../run/metrics.ts';
import type { BatchEnd, OutcomeStatus } from '../run/outcome.ts';
import { outcomeMessage, outcomeStatuses } from '../run/statuses.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import type { LogLevel } from './record.ts';

/** What an event is in the log, apart from when and where. */
export type Said = {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
};

/** How a batch went, for the record of its end. */
export type Ending = Rates & { readonly counts: Readonly<Partial<Record<OutcomeStatus, number>>> };

/** Characters of one text in a record. */
export const longest = 2000;

type BatchEvent = Exclude<LoggedEvent, ExecutionEvent>;

/** What an event of a batch as a whole is in the log. */
export function aboutBatch(event: BatchEvent, ending?: Ending): Said {
  switch (event.type) {
    case 'batchStarted':
      return aboutStart(event);
    case 'batchFinished':
      return aboutEnd(event.end, ending);
    case 'cancelRequested': {
      const which = { all: 'all of it', queued: 'what has not begun', execution: 'one execution' }[
        event.which
      ];
      return { level: 'info', message: `cancel asked for: ${which}`, fields: { which: event.which } };
    }
    case 'paused':
    case 'resumed':
      return { level: 'info', message: event.type };
    case 'limitChanged':
      return aboutLimit(event);
    case 'breakerChanged': {
      const { key, state } = event;
      const level = state === 'open' ? 'warn' : 'info';
      return { level, message: `circuit breaker ${state}: ${key}`, fields: { key, state } };
    }
    case 'promptRaised':
      return aboutQuestion(event);
    case 'promptAnswered':
      return { level: 'info', message: 'a person answered', fields: { prompt: event.prompt } };
    case 'note':
      return { level: 'warn', message: event.message };
    case 'stopReport':
      return aboutStops(event);
    case 'waveStarted':
    case 'probeFinished':
    case 'waveFinished':
    case 'barrierWaiting':
    case 'barrierPassed':
      return aboutWave(event);
  }
}

type Of<T extends BatchEvent['type']> = Extract<BatchEvent, { type: T }>;

function aboutStart({ user, plan }: Of<'batchStarted'>): Said {
  const { action, request, executions, strategy, limits } = plan;
  const nodes = foldForDisplay(executions.map(({ node }) => node));
  const title = actionTitle(action).slice(0, longest);
  return {
    level: 'info',
    message: `started by ${user} on ${plural(executions.length, 'node')}, ${nodes.slice(0, longest)}: ${title}`,
    fields: {
      user,
      action: title,
      selection: request.selection.slice(0, longest),
      targets: executions.length,
      nodes: nodes.slice(0, longest),
      strategy,
      limits,
      ...(request.origin && { origin: request.origin }),
    },
  };
}

function aboutEnd(end: BatchEnd, ending: Ending | undefined): Said {
  const took = ending ? ` after ${formatDuration(ending.durationMs)}` : '';
  const counted = outcomeStatuses.flatMap((status) => {
    const count = ending?.counts[status];
    return count === undefined ? [] : [`${count} ${status}`];
  });
  const counts = counted.length > 0 ? `: ${counted.join(', ')}` : '';
  return {
    level: end === 'succeeded' || end === 'cancelled' ? 'info' : 'warn',
    message: `${batchLook[end].inSentence}${took}${counts}`,
    fields: { status: end, ...ending },
  };
}

function aboutLimit({ heldBy, concurrency }: Of<'limitChanged'>): Said {
  const held = heldBy === null ? 'no limit holds up starts' : `starts are held up by ${heldBy}`;
  return { level: 'debug', message: `${held}; ${concurrency} at once`, fields: { heldBy, concurrency } };
}

function aboutQuestion({ prompt, question }: Of<'promptRaised'>): Said {
  const nodes = question.type === 'host-keys' ? question.keys.flatMap((each) => each.nodes) : question.nodes;
  const what = {
    'host-keys': 'host keys to look at',
    secret: 'a secret to type',
    'go-on': 'whether to go on',
  }[question.type];
  const message = `waits for a person: ${what}, for ${foldForDisplay([...new Set(nodes)]).slice(0, longest)}`;
  return { level: 'info', message, fields: { prompt, type: question.type } };
}

function aboutStops({ stopped, running }: Of<'stopReport'>): Said {
  const gone = stopped.length === 0 ? [] : [`gone on ${foldForDisplay(stopped)}`];
  const left = running.length === 0 ? [] : [`may still run on ${foldForDisplay(running)}`];
  return {
    level: running.length === 0 ? 'info' : 'warn',
    message: `processes after the stop: ${[...gone, ...left].join('; ')}`.slice(0, longest),
    fields: { stopped: stopped.length, running: running.length },
  };
}

type WaveEvent = Of<'waveStarted' | 'probeFinished' | 'waveFinished' | 'barrierWaiting' | 'barrierPassed'>;

function aboutWave(event: WaveEvent): Said {
  const { wave } = event;
  switch (event.type) {
    case 'waveStarted': {
      const nodes = event.executions.length;
      const message = `wave ${wave} of ${event.of} started, ${plural(nodes, 'node')}`;
      return { level: 'info', message, fields: { wave, of: event.of, nodes } };
    }
    case 'probeFinished': {
      const { node, outcome } = event;
      const message = `probe of wave ${wave} on ${node}: ${outcomeMessage(outcome)}`;
      const level = outcome.status === 'ok' ? 'info' : 'warn';
      return { level, message, fields: { wave, node, outcome: outcome.status } };
    }
    case 'waveFinished': {
      const { failures } = event;
      const level = failures === 0 ? 'info' : 'warn';
      const message = `wave ${wave} ended, ${plural(failures, 'failure')}`;
      return { level, message, fields: { wave, failures } };
    }
    case 'barrierWaiting':
      return { level: 'info', message: `waits after wave ${wave}`, fields: { wave, barrier: event.barrier } };
    case 'barrierPassed': {
      const message = event.go ? `goes on after wave ${wave}` : `ends after wave ${wave}`;
      return { level: 'info', message, fields: { wave, go: event.go } };
    }
  }
}
