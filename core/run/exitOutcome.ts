import type { Transport, Exit } from '../plugin/transport.ts';
import { stopGraceMs } from './guard.ts';
import type { Outcome, RemoteFate } from './outcome.ts';
import type { Secrets } from './redact.ts';
import { mayRunOn } from './statuses.ts';

export type ExitContext = {
  /** What failed, where that is not for the transport to say. */
  readonly step: string;
  readonly timeoutMs: number | undefined;
  readonly context: { readonly secrets: Secrets; readonly transport: Transport };
};

/** The outcome of what was done on a node. */
export function outcomeOf(
  { exit, isTimedOut }: Performed,
  { step, timeoutMs = 0, context }: ExitContext,
): Outcome {
  if (!exit) return unresponsive(context.transport);
  switch (exit.type) {
    case 'exited': {
      const { code, changed } = exit;
      if (code === 0) return { status: 'ok', ...(changed !== undefined && { changed }) };
      return { status: 'failed', step, message: `exit ${code}`, exitCode: code };
    }
    case 'signalled':
      return { status: 'signalled', signal: exit.signal };
    case 'not-started':
      return { status: 'unreachable', kind: exit.kind, message: exit.message };
    case 'not-run':
    case 'failed':
      return { status: 'failed', step: exit.step, message: context.secrets.redact(exit.message) };
    case 'lost':
      return { status: 'lost', message: exit.message };
    case 'stopped':
      return isTimedOut ? timedOut(exit.remote, timeoutMs) : { status: 'cancelled', remote: exit.remote };
  }
}

function timedOut(remote: RemoteFate, timeoutMs: number): Outcome {
  const fate = remote === 'may-still-run' ? mayRunOn : 'stopped, gone';
  const message = `still running after ${timeoutMs / 1000} s; ${fate}`;
  return { status: 'timed-out', phase: 'run', remote, message };
}

/** A transport that did not obey. */
export function unresponsive({ name }: Transport): Outcome {
  const message = `transport ${name} did not stop within ${stopGraceMs / 1000} s; the command may still run`;
  return { status: 'crashed', message };
}

/** How it ended; no exit where the transport did not obey a stop. */
export type Performed = { readonly exit: Exit | undefined; readonly isTimedOut: boolean };
