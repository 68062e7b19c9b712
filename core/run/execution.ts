import type { AskSecret, Connected, Exit, Session, Transport } from '../plugin/transport.ts';
import type { Clock } from '../util/clock.ts';
import { messageOf } from '../util/errors.ts';
import { isFollowed } from './actionText.ts';
import type { Extent, RunEvent, UnknownHostKey } from './events.ts';
import { formatBytes } from './format.ts';
import { noDeadline, settleOrAbandon, startDeadline } from './guard.ts';
import type { Outcome, RemoteFate } from './outcome.ts';
import type { AskToGoOn } from './logins.ts';
import type { Plan, Target } from './plan.ts';
import { whilePaused } from './passwordFor.ts';
import type { Passwords } from './passwords.ts';
import { perform } from './perform.ts';
import type { Secrets } from './redact.ts';
import { redactedOutput } from './redactedOutput.ts';
import { mayRunOn } from './statuses.ts';
import { type OutputStream, type Progress, trackProgress } from './progress.ts';

/** Why a running execution is being stopped. */
export type StopReason = 'cancelled' | 'fail-fast' | 'timed-out';

/** Where output goes. `write` may return a promise: then the node's stream is held until it settles. */
export type OutputSink = {
  write(execution: string, stream: OutputStream, chunk: Uint8Array): void | Promise<void>;
  /** Waits until what this execution wrote survives the end of this process, if it has to. */
  settled(execution: string): void | Promise<void>;
  /** Bytes of its output that are not kept, once it has settled. */
  leftOut?(execution: string): number;
  /** All output of this execution has come: where it is. */
  extents(execution: string): readonly Extent[];
};

export type ExecutionContext = {
  id: string;
  plan: Plan;
  target: Target;
  transport: Transport;
  clock: Clock;
  /** A number from 0 to below 1. */
  random: () => number;
  sink: OutputSink;
  /** Aborted with a StopReason. */
  stop: AbortController;
  note: (event: RunEvent) => void;
  askSecret?: AskSecret;
  debug?: (line: string) => void;
  /** What persons gave for this batch. None of it reaches the sink or an event. */
  secrets: Secrets;
  passwords: Passwords;
  /** Whether the stack of what crashes is kept. */
  stacks: boolean;
  /** Runs the steps of a playbook instead of a command. */
  runSteps?: ((session: Session, context: ExecutionContext) => Promise<Outcome>) | undefined;
  /** Asks a person whether to go on; absent where nobody can answer. */
  askToGoOn?: AskToGoOn | undefined;
  /** What the command reads, where the plan says that there is something. */
  stdin?: Uint8Array | undefined;
};

/** An execution that waits for a person to look at a host key; nothing has been sent to its node. */
export type Parked = { parked: UnknownHostKey; otherwise: Outcome };

/** A transport gets this long, in ms, to obey an abort: its own stop takes at most two polls of 2 s each. */
export const stopGraceMs = 15_000;
/** What the core waits beyond the connect timeout, in ms: the transport's own timers come first. */
const connectSlackMs = 5_000;

/** Characters of a stack that are kept. */
const mostStack = 10_000;

/** Runs one execution to its end. Does not throw: what a plugin throws is its outcome. */
export async function runExecution(context: ExecutionContext): Promise<Outcome | Parked> {
  try {
    const connected = await connect(context);
    if ('status' in connected) return connected;
    if (!connected.ok) {
      const { unknownHostKey, outcome } = connected;
      return unknownHostKey ? { parked: unknownHostKey, otherwise: outcome } : outcome;
    }
    const { session } = connected;
    if (!context.runSteps) return await runOn(session, context);
    return await context.runSteps(session, context).finally(() => void close(session));
  } catch (error) {
    const stack = context.stacks && error instanceof Error ? error.stack : undefined;
    const message = `transport ${context.transport.name}: ${messageOf(error)}`;
    return { status: 'crashed', message, ...(stack !== undefined && { stack: stack.slice(0, mostStack) }) };
  }
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
  if (!settled.settled) return unresponsive(context, connecting);
  if (!settled.value.ok && isTimeout(stop.signal)) {
    return { status: 'unreachable', kind: 'timeout', message: `not connected in ${timeoutMs / 1000} s` };
  }
  return settled.value;
}

async function runOn(session: Session, context: ExecutionContext): Promise<Outcome> {
  const { id, plan, clock, stop, note } = context;
  const progress = trackProgress(clock, (counters) =>
    note({ type: 'outputProgress', execution: id, ...counters }),
  );
  const timer = isFollowed(plan.action)
    ? noDeadline
    : startDeadline(clock, plan.limits.timeoutMs, () => stop.abort('timed-out'));
  let exit: Exit | undefined;
  try {
    note({ type: 'connected', execution: id, connection: session.info });
    note({ type: 'phaseChanged', execution: id, phase: 'run' });
    const output = redactedOutput(context.secrets, (stream, bytes) => {
      progress.add(stream, bytes);
      return context.sink.write(id, stream, bytes);
    });
    const running = perform(session, { ...context, timer, output });
    const settled = await settleOrAbandon(running, { signal: stop.signal, graceMs: stopGraceMs, clock });
    output.end();
    if (settled.settled) exit = settled.value;
    return exit ? outcomeOf(exit, context) : unresponsive(context);
  } finally {
    timer.dispose();
    progress.dispose();
    // A result is told only when what it says is there can be read by whoever comes after a crash.
    await context.sink.settled(id);
    finishStep(context, progress, exit);
    void close(session);
  }
}

function finishStep(context: ExecutionContext, progress: Progress, exit: Exit | undefined): void {
  const leftOut = context.sink.leftOut?.(context.id) ?? 0;
  if (leftOut > 0) {
    const message = `${formatBytes(leftOut)} (${leftOut} bytes) of the output are not kept; its beginning and its end are`;
    context.note({ type: 'note', execution: context.id, message });
  }
  context.note({
    type: 'stepFinished',
    execution: context.id,
    ...progress.counters(),
    exitCode: exit?.type === 'exited' ? exit.code : null,
    signal: exit?.type === 'signalled' ? exit.signal : null,
    extents: [...context.sink.extents(context.id)],
    ...(leftOut > 0 && { leftOut }),
  });
}

/** Closing is the transport's affair: it must not hold up, nor change, an outcome that is known. */
async function close(session: Session): Promise<void> {
  try {
    await session[Symbol.asyncDispose]();
  } catch {
    // The outcome stands; a connection that can not be closed is gone anyway.
  }
}

function outcomeOf(exit: Exit, context: ExecutionContext): Outcome {
  switch (exit.type) {
    case 'exited':
      return exit.code === 0
        ? { status: 'ok', ...(exit.changed !== undefined && { changed: exit.changed }) }
        : { status: 'failed', step: 'command', message: `exit ${exit.code}`, exitCode: exit.code };
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
      return isTimeout(context.stop.signal)
        ? timedOut(exit.remote, context.plan.limits.timeoutMs)
        : { status: 'cancelled', remote: exit.remote };
  }
}

function timedOut(remote: RemoteFate, timeoutMs: number): Outcome {
  const fate = remote === 'may-still-run' ? mayRunOn : 'stopped, gone';
  return {
    status: 'timed-out',
    phase: 'run',
    remote,
    message: `still running after ${timeoutMs / 1000} s; ${fate}`,
  };
}

function unresponsive(context: ExecutionContext, connecting?: Promise<Connected>): Outcome {
  void connecting?.then(
    (late) => (late.ok ? close(late.session) : undefined),
    () => undefined,
  );
  return {
    status: 'crashed',
    message: `transport ${context.transport.name} did not stop within ${stopGraceMs / 1000} s; the command may still run`,
  };
}

function isTimeout(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === 'timed-out';
}
