import type { LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';
import type { ExecutionState } from '../executionState.ts';

/**
 * Steps that an execution never came to, because of a failure or a stop before them; of steps with others inside, only the
 * outermost. Nothing where it has not begun.
 */
export function unreachedSteps(
  loaded: LoadedPlaybook | undefined,
  { steps = [], outcome }: Pick<ExecutionState, 'steps' | 'outcome'>,
): readonly PlannedStep[] {
  if (!loaded || steps.length === 0 || !outcome) return [];
  const has = (step: PlannedStep): boolean =>
    steps.some((each) => each.step === step.path || each.step.startsWith(`${step.path}/`));
  return [...after(loaded.steps, has), ...after(loaded.finally, has)];
}

/** Lists are gone through in their order: what is behind the last step that there is has not been reached. */
function after(list: readonly PlannedStep[], has: (step: PlannedStep) => boolean): readonly PlannedStep[] {
  const last = list.findLastIndex(has);
  return [...list.slice(0, last + 1).flatMap((step) => inside(step, has)), ...list.slice(last + 1)];
}

function inside({ does }: PlannedStep, has: (step: PlannedStep) => boolean): readonly PlannedStep[] {
  const begun = (lists: readonly (readonly PlannedStep[])[]): readonly PlannedStep[] =>
    lists.filter((list) => list.some(has)).flatMap((list) => after(list, has));
  if (does.type === 'task') return begun(does.implementations.map(({ steps }) => steps));
  if (does.type !== 'block') return [];
  const steps = begun([does.steps, does.rescue]);
  // What comes always is due once the block has begun, which a block that was skipped has not.
  const isBegun = [...does.steps, ...does.rescue, ...does.always].some(has);
  return isBegun ? [...steps, ...after(does.always, has)] : [];
}
