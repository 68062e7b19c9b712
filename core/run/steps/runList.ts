import type { PlannedStep } from '../../playbook/plannedStep.ts';
import { unknownValue } from '../../playbook/template/later.ts';
import { type Frame, haltedEnd, isOver, type StepsContext } from './context.ts';
import { okEnd, type StepEnd, valueOfEnd } from './stepEnd.ts';
import { runStep } from './runStep.ts';

/** Runs steps one after the other; the first failure ends it. */
export async function runList(
  steps: readonly PlannedStep[],
  frame: Frame,
  context: StepsContext,
): Promise<StepEnd> {
  let changed = false;
  for (const step of steps) {
    const { lockstep } = context.steps;
    const halt = frame.isApart
      ? undefined
      : await lockstep?.arrive(context.id, step.path, context.stop.signal);
    if (halt !== undefined) return { ...haltedEnd(halt), changed };
    const end = await runStep(step, frame, context);
    keep(step, end, { frame, context });
    changed ||= end.changed;
    if (isOver(end) || (end.status === 'failed' && !step.ignoreErrors)) return { ...end, changed };
  }
  return { ...okEnd, changed };
}

/** What later templates can look up, and whom to notify. */
function keep(
  step: PlannedStep,
  end: StepEnd,
  { frame, context }: { frame: Frame; context: StepsContext },
): void {
  const value = end.isOpen ? unknownValue : valueOfEnd(end);
  if (step.id !== undefined) frame.results.set(step.id, value);
  if (step.register !== undefined) context.kept.set(step.register, value);
  if (end.changed && end.status === 'ok')
    for (const handler of step.notify ?? []) context.notified.add(handler);
}
