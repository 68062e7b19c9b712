import type { LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';

/** Where the steps of a playbook stand, by their path. */
export type Outline = ReadonlyMap<string, OutlinedStep>;
export type OutlinedStep = {
  readonly step: PlannedStep;
  /** The steps that it is inside of, the outermost first. */
  readonly above: readonly PlannedStep[];
};

/** All steps of a playbook in their order, each before those inside of it. */
export function outlineOf(loaded: LoadedPlaybook | undefined): Outline {
  const found = new Map<string, OutlinedStep>();
  const add = (steps: readonly PlannedStep[], above: readonly PlannedStep[]): void => {
    for (const step of steps) {
      found.set(step.path, { step, above });
      const inner = [...above, step];
      if (step.does.type === 'block')
        for (const list of [step.does.steps, step.does.rescue, step.does.always]) add(list, inner);
      if (step.does.type === 'task')
        for (const { steps: list } of step.does.implementations) add(list, inner);
    }
  };
  if (loaded) for (const list of [loaded.steps, loaded.handlers, loaded.finally]) add(list, []);
  return found;
}

/** The place of a step of a plan, or of what a step has made by itself, such as the tasks of Ansible. */
export function placeIn(outline: Outline, path: string): { readonly above: readonly PlannedStep[] } {
  const known = outline.get(path);
  if (known) return known;
  const at = path.lastIndexOf('/');
  const parent = at < 0 ? undefined : outline.get(path.slice(0, at));
  return { above: parent ? [...parent.above, parent.step] : [] };
}
