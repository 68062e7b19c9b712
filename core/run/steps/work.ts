import type { PlannedStep } from '../../playbook/plannedStep.ts';
import { outcomeOf } from '../exitOutcome.ts';
import { performInTime, type Work } from '../performInTime.ts';
import type { Performed } from '../exitOutcome.ts';
import { createCapture } from './capture.ts';
import type { StepsContext } from './context.ts';
import { okEnd, type StepEnd } from './stepEnd.ts';

export type StepWork = Work & {
  readonly path: string;
  readonly timeoutMs: number;
  /** Who hears its output: everybody, nobody, or nobody ever. */
  readonly hears: 'shown' | 'hidden' | 'secret';
};

/** Milliseconds that a step may take. */
export function timeOf({ timeoutMs }: PlannedStep, { plan }: StepsContext): number {
  return timeoutMs ?? plan.limits.timeoutMs;
}

/** Does what a step says on the node, over the session that is open. */
export async function doWork(work: StepWork, context: StepsContext): Promise<StepEnd> {
  const capture = createCapture();
  const performed = await performInTime(work, context, (pass) => (stream, chunk) => {
    capture.add(stream, chunk);
    return work.hears === 'shown' ? pass(stream, chunk) : undefined;
  });
  const [stdout, stderr] = [capture.text('stdout'), capture.text('stderr')];
  if (work.hears === 'secret')
    for (const line of `${stdout}\n${stderr}`.split('\n')) context.secrets.add(line.trim());
  return { ...endOf(performed, work, context), stdout, stderr };
}

function endOf(performed: Performed, { path, timeoutMs }: StepWork, context: StepsContext): StepEnd {
  const outcome = outcomeOf(performed, { step: path, timeoutMs, context });
  switch (outcome.status) {
    case 'ok':
      return { ...okEnd, exitCode: 0, changed: outcome.changed ?? true };
    case 'failed': {
      const { message, exitCode, step } = outcome;
      // Whose password was refused is told from what the step itself does.
      const own = { ...outcome, step: step === 'run-as' ? step : path };
      const end = failed(own, message, exitCode !== undefined);
      return exitCode === undefined ? end : { ...end, exitCode };
    }
    case 'signalled':
      return failed({ ...outcome, step: path }, outcome.signal, true);
    case 'unreachable':
      // Later than the first step, trying the node again would run the steps before once more.
      return failed({ status: 'failed', step: path, message: outcome.message }, outcome.message, false);
    case 'timed-out':
      return failed({ ...outcome, step: path }, outcome.message, true);
    case 'cancelled':
      return stoppedEnd(outcome.remote);
    case 'lost':
    case 'crashed':
      return { ...failed(outcome, outcome.message, false), isLast: true };
    case 'skipped':
    case 'not-started':
    case 'refused':
    case 'interrupted':
      return failed(outcome, outcome.status, false);
  }
}

function failed(outcome: NonNullable<StepEnd['outcome']>, message: string, changed: boolean): StepEnd {
  return { ...okEnd, status: 'failed', outcome, message, changed };
}

/** Somebody stopped it; by itself nothing of it runs now. */
export function stoppedEnd(remote: 'never-started' | 'stopped' | 'may-still-run' = 'stopped'): StepEnd {
  return { ...failed({ status: 'cancelled', remote }, 'stopped', false), isLast: true };
}
