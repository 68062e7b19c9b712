import type { Performed } from './exitOutcome.ts';
import { onAbort } from '../util/abort.ts';
import type { StopReason, Reached } from './executionContext.ts';
import { noDeadline, settleOrAbandon, startDeadline, stopGraceMs } from './guard.ts';
import { type OnNode, perform, type Performing } from './perform.ts';
import { redactedOutput } from './redactedOutput.ts';

/** Something to do on a node, and how long it may take. */
export type Work = OnNode & {
  /** Milliseconds; without it, as long as it takes. */
  readonly timeoutMs?: number | undefined;
};

/** Does one thing on a node, over the session that is open. What it prints goes to `hear` first, and on without secrets. */
export async function performInTime(
  { timeoutMs, ...work }: Work,
  context: Reached,
  hear: (pass: Performing['onOutput']) => Performing['onOutput'] = (pass) => pass,
): Promise<Performed> {
  const { id, line, clock, secrets, progress, sink } = context;
  const stop = new AbortController();
  const stopping = onAbort(context.stop.signal, () => stop.abort(context.stop.signal.reason));
  const onExpired = (): void => stop.abort('timed-out' satisfies StopReason);
  const timer = timeoutMs === undefined ? noDeadline : startDeadline(clock, timeoutMs, onExpired);
  const output = redactedOutput(secrets, (stream, bytes) => {
    progress.add(stream, bytes);
    return sink.write(id, stream, bytes);
  });
  try {
    const running = perform(line.session, work, { ...context, stop, timer, onOutput: hear(output.add) });
    const settled = await settleOrAbandon(running, { signal: stop.signal, graceMs: stopGraceMs, clock });
    output.end();
    const isTimedOut = stop.signal.reason === 'timed-out';
    return { exit: settled.settled ? settled.value : undefined, isTimedOut };
  } finally {
    timer.dispose();
    stopping.dispose();
  }
}
