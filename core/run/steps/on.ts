import type { Doing, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import type { Frame, StepsContext } from './context.ts';

/** Kinds of step that have no others in them. */
export type OwnDoing = Exclude<Doing, { type: 'block' | 'task' }>;

export type OwnStep = PlannedStep & { readonly does: OwnDoing };

/** Where a step is done. */
export type On = { readonly scope: Scope; readonly context: StepsContext; readonly frame: Frame };
