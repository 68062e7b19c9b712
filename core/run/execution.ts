import type { ExecutionContext } from './executionContext.ts';
import type { Connected, Session } from '../plugin/transport.ts';
import { onAbort } from '../util/abort.ts';
import { messageOf } from '../util/errors.ts';
import type { UnknownHostKey } from './events.ts';
import { unresponsive } from './exitOutcome.ts';
import { settleOrAbandon, startDeadline, stopGraceMs } from './guard.ts';
import { closeSession, createLine } from './line.ts';
import type { Outcome } from './outcome.ts';
import { whilePaused } from './passwordFor.ts';
import { trackProgress } from './progress.ts';
import { namingStranger } from './stranger.ts';

/** An execution that waits for a person to look at a host key; nothing has been sent to its node. */
export type Parked = { parked: UnknownHostKey; otherwise: Outcome };

/** What the core waits beyond the connect timeout, in ms: the transport's own timers come first. */
const connectSlackMs = 5_000;

/** Characters of a stack that are kept. */
const mostStack = 10_000;

/** Runs one execution to its end. Does not throw: what a plugin throws is its outcome. */
export async function runExecution(context: ExecutionContext): Promise<Outcome | Parked> {
  try {
    const connected = await connectInTurn(context);
    if ('status' in connected) return connected;
    if (!connected.ok) {
      const { unknownHostKey, outcome } = connected;
      return unknownHostKey
        ? { parked: unknownHostKey, otherwise: namingStranger(outcome, unknownHostKey) }
        : outcome;
    }
    return await runOn(connected.session, context);
  } catch (error) {
    const stack = context.stacks && error instanceof Error ? error.stack : undefined;
    const message = `transport ${context.transport.name}: ${messageOf(error)}`;
    return { status: 'crashed', message, ...(stack !== undefined && { stack: stack.slice(0, mostStack) }) };
  }
}

/** Where places are for steps, the session is given back with the place. */
async function connectInTurn(context: ExecutionContext): Promise<Connected | Outcome> {
  if (!context.inTurn) return connect(context);
  return context.inTurn(async () => {
    // Whoever is stopped while it waits comes here without a place.
    if (context.stop.signal.aborted) return { status: 'cancelled', remote: 'never-started' };
    const connected = await connect(context);
    if (!('status' in connected) && connected.ok) await closeSession(connected.session);
    return connected;
  });
}

async function connect(context: ExecutionContext): Promise<Connected | Outcome> {
  const { id, target, transport, clock, stop, note, askSecret } = context;
  const options = transport.options.safeParse(target.options);
  if (!options.success) {
    return { status: 'refused', by: 'validation', message: `connection settings: ${options.error.message}` };
  }
  const timeoutMs = target.connectTimeoutMs;
  const deadline = startDeadline(clock, timeoutMs + connectSlackMs, () => stop.abort('timed-out'));
  const attempt = async (): Promise<Connected> =>
    transport.connect(target, options.data, {
      signal: stop.signal,
      timeoutMs,
      ...(context.plan.limits.phaseTimeoutsMs && { phaseTimeoutsMs: context.plan.limits.phaseTimeoutsMs }),
      onPhase: (phase) => note({ type: 'phaseChanged', execution: id, phase }),
      ...(context.debug && { debug: context.debug }),
      held: (question) => whilePaused(deadline, question),
      ...(askSecret && { askSecret: (label) => whilePaused(deadline, () => askSecret(label)) }),
    });
  const connecting = attempt();
  const settled = await settleOrAbandon(connecting, {
    signal: stop.signal,
    graceMs: stopGraceMs,
    clock,
  }).finally(() => deadline.dispose());
  if (!settled.settled) return abandoned(context, connecting);
  if (!settled.value.ok && isTimeout(stop.signal)) {
    return { status: 'unreachable', kind: 'timeout', message: `not connected in ${timeoutMs / 1000} s` };
  }
  return settled.value;
}

/** Reaches a node beside what an execution has told of itself; its time limit is its own. */
export async function reachAgain(context: ExecutionContext): Promise<Connected | Outcome> {
  const stop = new AbortController();
  const stopping = onAbort(context.stop.signal, () => stop.abort(context.stop.signal.reason));
  try {
    return await connect({ ...context, stop, note: () => undefined });
  } finally {
    stopping.dispose();
  }
}

/** All that is done on a node that is reached, however it is called. */
async function runOn(session: Session, context: ExecutionContext): Promise<Outcome> {
  const { id, clock, note } = context;
  const line = createLine(context.inTurn ? undefined : session, () => reachAgain(context));
  const progress = trackProgress(clock, (counters) =>
    note({ type: 'outputProgress', execution: id, ...counters }),
  );
  try {
    note({ type: 'connected', execution: id, connection: session.info });
    note({ type: 'phaseChanged', execution: id, phase: 'run' });
    return await context.run({ ...context, line, progress });
  } finally {
    progress.dispose();
    void line.release();
  }
}

function abandoned({ transport }: ExecutionContext, connecting: Promise<Connected>): Outcome {
  void connecting.then(
    (late) => (late.ok ? closeSession(late.session) : undefined),
    () => undefined,
  );
  return unresponsive(transport);
}

function isTimeout(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === 'timed-out';
}
