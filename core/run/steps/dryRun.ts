import type { PlannedStep } from '../../playbook/plannedStep.ts';
import { laterOf } from '../../playbook/template/later.ts';
import type { Value } from '../../schema/value.ts';
import type { Frame, StepsContext } from './context.ts';
import { previewText } from './previewLines.ts';
import { scopeOf, valueFrom } from './scope.ts';
import { okEnd, type StepEnd } from './stepEnd.ts';

/**
 * Whether a step is done: in a dry run on nodes only what is inside of a task that supports one, Ansible, which has one of
 * its own, and what changes nothing but values here.
 */
export function isDone({ does }: PlannedStep, frame: Frame, context: StepsContext): boolean {
  if (!context.steps.loaded.isDryRun || frame.isDry) return true;
  if (does.type !== 'task') return ['block', 'set', 'fail', 'ansible'].includes(does.type);
  const given = valueFrom(does.with, scopeOf(context, frame));
  // What it would be given is said by steps that were not done.
  return 'message' in given || laterOf(given.value) === undefined;
}

/** The end of a step that is only told; nobody knows what would come of it. */
export function toldEnd(message: string): StepEnd {
  return { ...okEnd, status: 'skipped', message, isOpen: true };
}

/** What a step would do, once for each item of its loop. */
export function tellings(
  step: PlannedStep,
  frame: Frame,
  context: StepsContext,
): readonly { readonly frame: Frame; readonly end: StepEnd }[] {
  const found = step.loop === undefined ? undefined : valueFrom(step.loop as Value, scopeOf(context, frame));
  const items = found && 'value' in found && Array.isArray(found.value) ? found.value : undefined;
  const frames = items?.map((value, index) => ({ ...frame, item: { value, index } })) ?? [frame];
  return frames.map((each) => ({
    frame: each,
    end: toldEnd(`would run: ${previewText({ step, scope: scopeOf(context, each), runs: 'yes' })}`),
  }));
}
