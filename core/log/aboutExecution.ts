import type { ConnectionInfo } from '../run/events.ts';
import type { ExecutionEvent } from '../run/executionState.ts';
import { formatBytes, formatDuration, outcomeLook } from '../run/format.ts';
import type { Outcome } from '../run/outcome.ts';
import { outcomeMessage } from '../run/statuses.ts';
import type { Said } from './aboutBatch.ts';
import type { LogLevel } from './record.ts';

/** An execution as far as it is. */
export type Doing = { readonly node: string; attempts: number; startedAt?: number };

/** What an event of an execution is in the log. Counters that only grow, such as those of output, are left out. */
export function aboutExecution(event: ExecutionEvent, doing: Doing | undefined): Said | undefined {
  switch (event.type) {
    case 'executionStarted':
      return { level: 'debug', message: 'started' };
    case 'attemptStarted':
      return {
        level: 'info',
        message: `attempt ${event.attempt} started`,
        fields: { attempt: event.attempt },
      };
    case 'attemptFailed': {
      const { attempt, outcome, retryInMs } = event;
      const again = `again in ${formatDuration(retryInMs)}`;
      return {
        level: 'warn',
        message: `attempt ${attempt} failed: ${outcomeMessage(outcome)}; ${again}`,
        fields: { attempt, retryInMs, outcome: plain(outcome) },
      };
    }
    case 'phaseChanged':
      return { level: 'trace', message: `phase ${event.phase}`, fields: { phase: event.phase } };
    case 'connected':
      return { level: 'debug', message: connectedText(event.connection), fields: event.connection };
    case 'processStarted':
      return { level: 'debug', message: `process ${event.pid} runs`, fields: { pid: event.pid } };
    case 'outputProgress':
    case 'transferProgress':
      return undefined;
    case 'stepStarted':
      return { level: 'debug', message: `step ${event.title} began`, fields: stepFields(event) };
    case 'stepFinished': {
      if (event.step !== undefined) return aboutStep(event);
      const { exitCode, signal, stdoutBytes, stderrBytes } = event;
      const sizes = `${formatBytes(stdoutBytes)} on stdout, ${formatBytes(stderrBytes)} on stderr`;
      return {
        level: 'debug',
        message: `said ${sizes}`,
        fields: { exitCode, signal, stdoutBytes, stderrBytes },
      };
    }
    case 'executionFinished':
      return aboutEnd(event.outcome, doing?.startedAt === undefined ? undefined : event.at - doing.startedAt);
  }
}

type StepEvent = Extract<ExecutionEvent, { type: 'stepStarted' | 'stepFinished' }>;

function stepFields({ step, iteration, attempt }: StepEvent): NonNullable<Said['fields']> {
  return { step, ...(iteration !== undefined && { iteration }), ...(attempt !== undefined && { attempt }) };
}

function aboutStep(event: Extract<StepEvent, { type: 'stepFinished' }>): Said {
  const { title = '', status = 'ok', changed, message = '', exitCode, ignored } = event;
  const isBad = status === 'failed' && !ignored;
  return {
    level: isBad ? 'warn' : 'debug',
    message: `step ${title} ${changed && status === 'ok' ? 'changed' : status}${message === '' ? '' : `: ${message}`}`,
    fields: { ...stepFields(event), status, changed, exitCode },
  };
}

function aboutEnd(outcome: Outcome, durationMs: number | undefined): Said {
  const { inSentence } = outcomeLook[outcome.status];
  const message = outcomeMessage(outcome);
  const took = durationMs === undefined ? '' : ` after ${formatDuration(durationMs)}`;
  return {
    level: levelOfEnd[outcome.status],
    message: `${inSentence}${took}${afterStatus(outcome.status, message)}`,
    fields: { outcome: outcome.status, ...(durationMs !== undefined && { durationMs }), ...plain(outcome) },
  };
}

/** `; the process is gone`, ` before it started`: what a message adds to the status that stands in front. */
function afterStatus(status: string, message: string): string {
  return message.startsWith(status) ? message.slice(status.length) : `: ${message}`;
}

/** A crash is our own fault, or a plugin's: whoever looks after the engine has to hear of it. */
const levelOfEnd: Readonly<Record<Outcome['status'], LogLevel>> = {
  ok: 'info',
  skipped: 'info',
  cancelled: 'info',
  'not-started': 'info',
  failed: 'warn',
  signalled: 'warn',
  'timed-out': 'warn',
  unreachable: 'warn',
  lost: 'warn',
  refused: 'warn',
  interrupted: 'warn',
  crashed: 'error',
};

/** What an outcome says beside its message. */
function plain(outcome: Outcome): Readonly<Record<string, unknown>> {
  const { status: _status, ...rest } = outcome;
  const { message: _message, ...facts } = { message: '', ...rest };
  return facts;
}

function connectedText({ transport, host, port, user, auth, reused, via }: ConnectionInfo): string {
  const where = `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`;
  const hops = via.length === 0 ? '' : ` via ${via.map((hop) => hop.host).join(', ')}`;
  const how = reused ? 'a connection that was there' : (auth ?? 'no login');
  return `connected to ${where}${hops} by ${transport}, ${how}`;
}
