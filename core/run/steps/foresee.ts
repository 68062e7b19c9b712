import { fillParams } from '../../playbook/params.ts';
import type { Doing, LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import type { Value } from '../../schema/value.ts';
import type { PlaybookAction } from '../action.ts';
import type { Target } from '../plan.ts';
import type { Frame } from './context.ts';
import { varsFrom } from './runSteps.ts';
import { holds, type ScopeContext, scopeOf, valueFrom } from './scope.ts';

/** What stands for a secret where its value has no business. */
const stars = '********';

/** A node before anything runs, with what its templates can look up then. */
export type Foreseen = { readonly context: ScopeContext; readonly frame: Frame };

export function foreseeNode(
  target: Target,
  loaded: LoadedPlaybook,
  { vars = {} }: Pick<PlaybookAction, 'vars'>,
): Foreseen {
  const hidden = new Map([...Object.keys(loaded.secrets), ...loaded.sensitive].map((name) => [name, stars]));
  const context: ScopeContext = {
    target,
    kept: new Map(),
    steps: { batch: '', user: '', secrets: hidden, vars, loaded },
  };
  const params = { ...loaded.params, ...Object.fromEntries(loaded.sensitive.map((name) => [name, stars])) };
  const frame: Frame = { params, vars: {}, results: new Map(), isOutermost: true };
  const own = varsFrom(loaded.vars, frame, context);
  return { context, frame: { ...frame, vars: 'value' in own ? own.value : {} } };
}

export type ForeseenStep = { readonly step: PlannedStep; readonly scope: Scope };

/**
 * The steps that a node would come to, and those inside of them, each with what its templates can look up before anything
 * runs; in a loop over a list that is known, once for each item. Left out is what a condition is known to skip.
 */
export function* foreseeSteps(
  steps: readonly PlannedStep[],
  { context, frame }: Foreseen,
): Iterable<ForeseenStep> {
  for (const step of steps) {
    const scope = scopeOf(context, frame);
    const wanted = step.when === undefined ? undefined : holds(step.when, scope);
    if (wanted && 'value' in wanted && !wanted.value) continue;
    for (const own of iterations(step, frame, scope)) {
      yield { step, scope: scopeOf(context, own) };
      yield* inside(step.does, { context, frame: own });
    }
  }
}

function iterations({ loop }: PlannedStep, frame: Frame, scope: Scope): readonly Frame[] {
  if (loop === undefined) return [frame];
  const found = valueFrom(loop as Value, scope);
  const items = 'value' in found && Array.isArray(found.value) ? found.value : undefined;
  return items?.map((value, index) => ({ ...frame, item: { value, index } })) ?? [frame];
}

function* inside(does: Doing, { context, frame }: Foreseen): Iterable<ForeseenStep> {
  if (does.type === 'block')
    yield* foreseeSteps([...does.steps, ...does.rescue, ...does.always], { context, frame });
  if (does.type !== 'task') return;
  const params = paramsOf(does, { context, frame });
  const own: Frame = { params, vars: frame.vars, results: new Map() };
  const vars = varsFrom(does.vars, own, context);
  const before = { ...own, vars: { ...own.vars, ...('value' in vars && vars.value) } };
  const task = varsFrom(does.own ?? {}, before, context, 'task');
  const inner = { ...before, task: { ...frame.task, ...('value' in task && task.value) } };
  for (const { when, steps } of does.implementations) {
    const wanted = when === undefined ? { value: true } : holds(when, scopeOf(context, inner));
    if ('value' in wanted && !wanted.value) continue;
    yield* foreseeSteps(steps, { context, frame: inner });
    if ('value' in wanted) return;
  }
}

/** The parameters of a task whose values are known. */
function paramsOf(
  { params, with: given }: Extract<Doing, { type: 'task' }>,
  { context, frame }: Foreseen,
): Record<string, Value> {
  const scope = scopeOf(context, frame);
  const known = new Map<string, Value>();
  const unknown = new Set<string>();
  for (const [name, value] of Object.entries(given)) {
    const found = valueFrom(value, scope);
    if ('value' in found) known.set(name, found.value);
    else unknown.add(name);
  }
  const { values } = fillParams(new Map(Object.entries(params)), known, 'command line');
  return Object.fromEntries(Object.entries(values).filter(([name]) => !unknown.has(name)));
}
