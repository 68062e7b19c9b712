import type { PlannedStep } from '../../core/playbook/plannedStep.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { BatchState } from '../../core/run/state.ts';
import { visible } from '../../core/util/visible.ts';

/** A step of the playbook, as the head of a column. */
export type StepColumn = {
  /** Path of the step in the plan. */
  readonly step: string;
  readonly title: string;
  /** `command`, `http, finally`. */
  readonly kind: string;
};

/** Steps in the order of the file: those of blocks by themselves, a task as one; nothing where there are no steps. */
export function stepColumns(state: BatchState): readonly StepColumn[] {
  const loaded = loadedOf(state.plan.action);
  if (!loaded) return [];
  const [only, ...others] = columnsOf(loaded.steps, '');
  const within = only && others.length === 0 ? insideOf(loaded.steps) : undefined;
  const steps = within ?? [only, ...others].filter((each) => each !== undefined);
  return [...steps, ...columnsOf(loaded.handlers, 'handler'), ...columnsOf(loaded.finally, 'finally')];
}

function columnsOf(steps: readonly PlannedStep[], when: string): readonly StepColumn[] {
  return steps.flatMap(({ path, title, does }): readonly StepColumn[] => {
    if (does.type !== 'block') return [{ step: path, title: visible(title), kind: kindOf(does.type, when) }];
    return [
      ...columnsOf(does.steps, when),
      ...columnsOf(does.rescue, 'rescue'),
      ...columnsOf(does.always, 'always'),
    ];
  });
}

/** A task that is run by itself is shown by its own steps. */
function insideOf([step]: readonly PlannedStep[]): readonly StepColumn[] | undefined {
  if (step?.does.type !== 'task') return undefined;
  const inner = step.does.implementations.flatMap(({ steps }) => columnsOf(steps, ''));
  return inner.length === 0 ? undefined : inner;
}

const words: ReadonlyMap<string, string> = new Map([
  ['run', 'command'],
  ['wait-command', 'wait'],
  ['wait-port', 'wait'],
  ['wait-time', 'wait'],
]);

function kindOf(type: string, when: string): string {
  return [words.get(type) ?? type, when].filter(Boolean).join(', ');
}
