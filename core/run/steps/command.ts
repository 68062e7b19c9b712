import type { ExecRequest, Exit } from '../../plugin/transport.ts';
import { onAbort } from '../../util/abort.ts';
import { settleOrAbandon, startDeadline } from '../guard.ts';
import type { Outcome } from '../outcome.ts';
import { mayRunOn } from '../statuses.ts';
import { redactedOutput } from '../redactedOutput.ts';
import { createCapture } from './capture.ts';
import { stopGraceMs } from '../execution.ts';
import { passwordFor } from '../passwordFor.ts';
import type { StepEnd, StepsContext } from './context.ts';

export type StepCommand = {
  readonly request: ExecRequest;
  readonly path: string;
  readonly timeoutMs: number;
  /** Its output is neither kept nor shown. */
  readonly isSecret: boolean;
};

/** Runs one command of a step over the session that is open. */
export async function runCommand(command: StepCommand, context: StepsContext): Promise<StepEnd> {
  const { id, session, clock, secrets, progress, sink, note } = context;
  const stop = new AbortController();
  const stopping = onAbort(context.stop.signal, () => stop.abort(context.stop.signal.reason));
  const timer = startDeadline(clock, command.timeoutMs, () => stop.abort('timed-out'));
  const capture = createCapture();
  const output = redactedOutput(secrets, (stream, bytes) => {
    progress.add(stream, bytes);
    return sink.write(id, stream, bytes);
  });
  try {
    const { askSecret } = context;
    const running = session.exec(command.request, {
      signal: stop.signal,
      onProcess: (pid, { group, born } = { group: false }) =>
        note({ type: 'processStarted', execution: id, pid, group, ...(born !== undefined && { born }) }),
      onOutput: (stream, chunk) => {
        capture.add(stream, chunk);
        return command.isSecret ? undefined : output.add(stream, chunk);
      },
      ...(askSecret && {
        askPassword: () => passwordFor({ ...context, askSecret }, command.request.runAs, timer),
      }),
    });
    const settled = await settleOrAbandon(running, { signal: stop.signal, graceMs: stopGraceMs, clock });
    output.end();
    const stdout = capture.text('stdout');
    const stderr = capture.text('stderr');
    if (command.isSecret) for (const line of `${stdout}\n${stderr}`.split('\n')) secrets.add(line.trim());
    const end = settled.settled ? endOf(settled.value, command, stop.signal) : unresponsive(context);
    return { ...end, stdout, stderr };
  } finally {
    timer.dispose();
    stopping.dispose();
  }
}

function endOf(exit: Exit, command: StepCommand, signal: AbortSignal): StepEnd {
  const { path: step } = command;
  switch (exit.type) {
    case 'exited': {
      const { code } = exit;
      const message = code === 0 ? '' : `exit ${code}`;
      const failed: Outcome = { status: 'failed', step, message, exitCode: code };
      return end(code === 0 ? undefined : failed, { message, exitCode: code, changed: true });
    }
    case 'signalled':
      return end({ status: 'signalled', signal: exit.signal }, { message: exit.signal, changed: true });
    case 'not-started':
      // Later than the first step, trying the node again would run the steps before once more.
      return end({ status: 'failed', step, message: exit.message }, { message: exit.message });
    case 'not-run':
      return end({ status: 'failed', step, message: exit.message }, { message: exit.message });
    case 'failed':
      return end({ status: 'failed', step: exit.step, message: exit.message }, { message: exit.message });
    case 'lost':
      return { ...end({ status: 'lost', message: exit.message }, { message: exit.message }), isLast: true };
    case 'stopped':
      return signal.reason === 'timed-out' ? timedOut(exit.remote, command) : cancelled(exit.remote);
  }
}

function end(
  outcome: Outcome | undefined,
  { message, exitCode, changed = false }: { message: string; exitCode?: number; changed?: boolean },
): StepEnd {
  return {
    status: outcome ? 'failed' : 'ok',
    ...(outcome && { outcome }),
    changed,
    message,
    ...(exitCode !== undefined && { exitCode }),
    stdout: '',
    stderr: '',
  };
}

type Fate = Extract<Exit, { type: 'stopped' }>['remote'];

function timedOut(remote: Fate, { timeoutMs, path }: StepCommand): StepEnd {
  const fate = remote === 'may-still-run' ? mayRunOn : 'stopped, gone';
  const message = `${path}: still running after ${timeoutMs / 1000} s; ${fate}`;
  return end({ status: 'timed-out', phase: 'run', remote, message }, { message, changed: true });
}

function cancelled(remote: Fate): StepEnd {
  return { ...end({ status: 'cancelled', remote }, { message: 'stopped' }), isLast: true };
}

function unresponsive({ transport }: StepsContext): StepEnd {
  const message = `transport ${transport.name} did not stop within ${stopGraceMs / 1000} s; the command may still run`;
  return { ...end({ status: 'crashed', message }, { message }), isLast: true };
}

/** Nothing of it runs now: somebody stopped it between two things that it did. */
export function stoppedEnd(): StepEnd {
  return cancelled('stopped');
}
