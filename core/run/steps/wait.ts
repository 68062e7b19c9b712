import type { Doing, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { onAbort } from '../../util/abort.ts';
import type { StepsContext } from './context.ts';
import { failedEnd, okEnd, type StepEnd } from './stepEnd.ts';
import type { On } from './on.ts';
import { requestOf } from './onNode.ts';
import { portFrom } from './port.ts';
import { textFrom } from './scope.ts';
import { doWork, stoppedEnd, timeOf } from './work.ts';

/** Settles after `ms`, or when the execution is stopped: then false. */
export function pass(ms: number, { clock, stop }: Pick<StepsContext, 'clock' | 'stop'>): Promise<boolean> {
  return new Promise((resolve) => {
    if (stop.signal.aborted) return resolve(false);
    const timer = clock.after(ms, () => {
      stopping.dispose();
      resolve(true);
    });
    const stopping = onAbort(stop.signal, () => {
      timer.dispose();
      resolve(false);
    });
  });
}

/** Runs a command until it ends with 0. */
export async function waitForCommand(
  step: PlannedStep,
  does: Extract<Doing, { type: 'wait-command' }>,
  { scope, context }: On,
): Promise<StepEnd> {
  const request = requestOf(does, scope);
  if ('message' in request) return failedEnd(step, request.message);
  const until = context.clock.now() + timeOf(step, context);
  let said: string | undefined;
  for (;;) {
    const timeoutMs = Math.max(1, until - context.clock.now());
    const work = { action: request.value, files: [], path: step.path, timeoutMs, hears: 'hidden' as const };
    const end = await doWork(work, context);
    if (end.isLast || end.status === 'ok') return { ...end, changed: false };
    // What the end of the time cut off says less than the attempt before it.
    said = end.outcome?.status === 'timed-out' ? said : end.message;
    if (context.clock.now() + does.everyMs >= until)
      return failedEnd(step, `${inTime(step, context)}: ${whyNot(said, does.path, scope)}`);
    if (!(await pass(does.everyMs, context))) return stoppedEnd();
  }
}

/** Why a wait for a command, or for a path, came to nothing. */
function whyNot(said: string | undefined, path: string | undefined, scope: Scope): string {
  if (said === undefined) return 'its first attempt still ran';
  if (!/^exit \d+$/.test(said)) return said;
  const place = path === undefined ? undefined : textFrom(path, scope);
  return place && 'value' in place ? `${place.value} is not there` : `the command ends with ${said}`;
}

/** Asks for a port from this machine until it answers. */
export async function waitForPort(
  step: PlannedStep,
  does: Extract<Doing, { type: 'wait-port' }>,
  { scope, context }: On,
): Promise<StepEnd> {
  const host = textFrom(does.host, scope);
  if ('message' in host) return failedEnd(step, host.message);
  const port = portFrom(does.port, scope);
  if ('message' in port) return failedEnd(step, port.message);
  const until = context.clock.now() + timeOf(step, context);
  for (;;) {
    if (await context.steps.outside.isOpen(host.value, port.value, context.stop.signal)) return okEnd;
    if (context.stop.signal.aborted) return stoppedEnd();
    const where = `port ${port.value} of ${host.value} does not answer`;
    if (context.clock.now() + does.everyMs >= until)
      return failedEnd(step, `${inTime(step, context)}: ${where}`);
    if (!(await pass(does.everyMs, context))) return stoppedEnd();
  }
}

function inTime(step: PlannedStep, context: StepsContext): string {
  return `not within ${timeOf(step, context) / 1000} s`;
}
