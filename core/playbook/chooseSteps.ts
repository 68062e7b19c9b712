import type { Step } from '../schema/step.ts';
import { nearest } from '../util/nearest.ts';
import type { PlannedStep } from './plannedStep.ts';
import { orderOf } from './read/graph.ts';

/** Which steps of a playbook are wanted. */
export type StepChoice = {
  /** Only steps with one of these tags. */
  readonly tags?: readonly string[] | undefined;
  /** Id of the step to begin with. */
  readonly startAt?: string | undefined;
};

/** The steps that are wanted, or why that makes no sense. `planned` are those of `steps`, in their order. */
export function chooseSteps(
  steps: readonly Step[],
  planned: readonly PlannedStep[],
  { tags = [], startAt }: StepChoice,
): { steps: readonly PlannedStep[] } | { code: string; message: string; fix?: string } {
  const written = orderOf(steps).flatMap((at) => steps[at] ?? []);
  const known = new Set(steps.flatMap(tagsWithin));
  const strange = tags.find((tag) => !known.has(tag));
  if (strange !== undefined) {
    const near = nearest(strange, known);
    const fix = near === undefined ? `Tags: ${[...known].join(', ') || 'none'}.` : `Did you mean "${near}"?`;
    return { code: 'playbook/unknown-tag', message: `No step has the tag "${strange}".`, fix };
  }
  const from = startAt === undefined ? 0 : planned.findIndex(({ id }) => id === startAt);
  if (from < 0) {
    const ids = planned.flatMap(({ id }) => id ?? []);
    const fix = `Steps with an id: ${ids.join(', ') || 'none'}.`;
    return { code: 'playbook/unknown-step', message: `There is no step "${startAt}" to start at.`, fix };
  }
  const isWanted = (at: number): boolean =>
    tags.length === 0 || tagsWithin(written[at] ?? {}).some((tag) => tags.includes(tag));
  return { steps: planned.filter((_step, at) => at >= from && isWanted(at)) };
}

function tagsWithin({ tags = [], block = [], rescue = [], always = [] }: Step): readonly string[] {
  return [...tags, ...[...block, ...rescue, ...always].flatMap(tagsWithin)];
}
