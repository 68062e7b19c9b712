import { nearest } from '../util/nearest.ts';
import { didYouMean } from '../util/problem.ts';
import { type Doing, type PlannedStep, stepsWithin } from './plannedStep.ts';

/** Which steps of a playbook are wanted. */
export type StepChoice = {
  /** Only steps with one of these tags. */
  readonly tags?: readonly string[] | undefined;
  /** No steps with one of these tags. */
  readonly skipTags?: readonly string[] | undefined;
  /** Id of the step to begin with. */
  readonly startAt?: string | undefined;
  /** Id of the only step that is done. */
  readonly only?: string | undefined;
};

/** The steps that are wanted, and those before them, which count as skipped; beside a single step all others do. */
type Chosen = { readonly steps: readonly PlannedStep[]; readonly before: readonly PlannedStep[] };

type Refusal = { readonly code: string; readonly message: string; readonly fix?: string };

/** The steps that are wanted, or why that makes no sense. */
export function chooseSteps(
  steps: readonly PlannedStep[],
  { tags = [], skipTags = [], startAt, only }: StepChoice,
): Chosen | Refusal {
  if (only !== undefined)
    return onlyStep(steps, only, tags.length + skipTags.length > 0 || startAt !== undefined);
  const strange = unknownTag(steps, [...tags, ...skipTags]);
  if (strange) return strange;
  const from = startAt === undefined ? 0 : steps.findIndex(({ id }) => id === startAt);
  if (from < 0) return unknownStep(steps, startAt ?? '', 'to start at');
  const before = steps.slice(0, from);
  const kept = steps
    .slice(from)
    .flatMap((step) => (tags.length === 0 ? step : (onlyTagged(step, tags) ?? [])))
    .flatMap((step) => withoutTagged(step, skipTags) ?? []);
  if (kept.length > 0 || steps.length === 0) return { steps: kept, before };
  const message = 'With these tags no step is left.';
  return { code: 'playbook/no-steps', message, fix: 'Look at --tags, --skip-tags and --start-at again.' };
}

function onlyStep(steps: readonly PlannedStep[], id: string, isChosenTwice: boolean): Chosen | Refusal {
  const fix = 'Leave out --tags, --skip-tags and --start-at.';
  if (isChosenTwice) return { code: 'playbook/no-steps', message: '"--only" says already which step.', fix };
  const step = steps.find((each) => each.id === id);
  if (!step) return unknownStep(steps, id, 'to do alone');
  return { steps: [step], before: steps.filter((each) => each !== step) };
}

function unknownTag(steps: readonly PlannedStep[], wanted: readonly string[]): Refusal | undefined {
  const known = new Set([...stepsWithin(steps)].flatMap(({ tags = [] }) => tags));
  const strange = wanted.find((tag) => !known.has(tag));
  if (strange === undefined) return undefined;
  const near = nearest(strange, known);
  const fix = near === undefined ? `Tags: ${[...known].join(', ') || 'none'}.` : didYouMean(near);
  return { code: 'playbook/unknown-tag', message: `No step has the tag "${strange}".`, fix };
}

function unknownStep(
  steps: readonly PlannedStep[],
  id: string,
  wanted: 'to start at' | 'to do alone',
): Refusal {
  const ids = steps.flatMap((step) => step.id ?? []);
  const near = nearest(id, ids);
  const isInside = [...stepsWithin(steps)].some((step) => step.id === id);
  const known = `Steps with an id that are in no other: ${ids.join(', ') || 'none'}.`;
  if (isInside) {
    const cannot = wanted === 'to start at' ? 'a run can not start there' : 'it can not be done alone';
    const message = `The step "${id}" is inside of another, and ${cannot}.`;
    return { code: 'playbook/unknown-step', message, fix: `Take the step that it is in. ${known}` };
  }
  const fix = near === undefined ? known : didYouMean(near);
  return { code: 'playbook/unknown-step', message: `There is no step "${id}" ${wanted}.`, fix };
}

/** A step that is tagged, with all in it; of another, what is tagged inside. */
function onlyTagged(step: PlannedStep, tags: readonly string[]): PlannedStep | undefined {
  if (hasOne(step, tags)) return step;
  return narrowed(step, (inner) => onlyTagged(inner, tags));
}

function withoutTagged(step: PlannedStep, tags: readonly string[]): PlannedStep | undefined {
  if (hasOne(step, tags)) return undefined;
  const { does } = step;
  if (tags.length === 0 || (does.type !== 'block' && does.type !== 'task')) return step;
  return narrowed(step, (inner) => withoutTagged(inner, tags));
}

function hasOne({ tags = [] }: PlannedStep, wanted: readonly string[]): boolean {
  return tags.some((tag) => wanted.includes(tag));
}

type Choose = (step: PlannedStep) => PlannedStep | undefined;

/** A block or task with only some of its steps; nothing where none is left. What rescues and cleans up stays whole. */
function narrowed(step: PlannedStep, choose: Choose): PlannedStep | undefined {
  const does = narrowedDoing(step.does, (steps) => steps.flatMap((inner) => choose(inner) ?? []));
  return does && { ...step, does };
}

function narrowedDoing(
  does: Doing,
  choose: (steps: readonly PlannedStep[]) => readonly PlannedStep[],
): Doing | undefined {
  if (does.type === 'block') {
    const steps = choose(does.steps);
    return steps.length === 0 ? undefined : { ...does, steps };
  }
  if (does.type !== 'task') return undefined;
  const implementations = does.implementations.map((each) => ({ ...each, steps: choose(each.steps) }));
  return implementations.every(({ steps }) => steps.length === 0) ? undefined : { ...does, implementations };
}
