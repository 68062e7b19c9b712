import type { AskSecret } from '../../../core/plugin/transport.ts';
import type { UnknownHostKey } from '../../../core/run/events.ts';
import type { Outcome, Phase, UnreachableKind } from '../../../core/run/outcome.ts';
import { whenAborted } from '../../../core/util/abort.ts';
import type { Deadline } from './deadline.ts';

/** Why a node was not reached. */
export type Failure = {
  readonly outcome: Outcome;
  readonly unknownHostKey?: UnknownHostKey;
  /** A key is in no known_hosts, and which it is has not been seen. */
  readonly isKeyUnknown?: true;
  /** The jump host that is the cause. */
  readonly via?: string;
};

/** A value, or why there is none. */
export type Reached<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Failure);

/** What all steps on the way to a node share. */
export type Way = {
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  readonly phase: () => Phase;
  readonly enter: (phase: Phase) => void;
  /** Why the time was over before all of it had gone by: a phase took longer than it may. */
  readonly late: () => string | undefined;
  /** Waits for a person with all clocks of this way stopped. */
  readonly held: <T>(question: () => Promise<T>) => Promise<T>;
  /** Takes what is worth knowing when something is wrong. */
  readonly debug: ((line: string) => void) | undefined;
  /** Asks a person, with all clocks stopped. Absent where nobody can answer. */
  readonly askSecret: AskSecret | undefined;
};

export type Settle<T> = { done: (value: T) => void; fail: (failure: Failure) => void };

/**
 * Takes one step on the way to a node. `start` begins it and gives back how to abandon it; whatever it waits for, the
 * step ends at the deadline and on abort, and settles once.
 */
export async function takeStep<T>(
  way: Way,
  start: (settle: Settle<T>) => () => void,
  lateMessage: (phase: Phase) => string,
): Promise<Reached<T>> {
  const abort = whenAborted(way.signal);
  let abandon = (): void => {};
  const reached = await new Promise<Reached<T>>((resolve) => {
    if (way.signal.aborted) return resolve(cancelled);
    abandon = start({
      done: (value) => resolve({ ok: true, value }),
      fail: (failure) => resolve({ ok: false, ...failure }),
    });
    way.deadline.onExpired(() => {
      const message = way.late() ?? lateMessage(way.phase());
      resolve({ ok: false, ...unreachable('timeout', message) });
    });
    void abort.aborted.then(() => resolve(cancelled));
  });
  abort.dispose();
  if (!reached.ok) abandon();
  return reached;
}

/** The way was stopped before anything was started. */
export const cancelled: { ok: false } & Failure = {
  ok: false,
  outcome: { status: 'cancelled', remote: 'never-started' },
};

export function unreachable(kind: UnreachableKind, message: string): Failure {
  return { outcome: { status: 'unreachable', kind, message } };
}
