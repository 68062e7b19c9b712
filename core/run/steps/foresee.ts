import { fillParams } from '../../playbook/params.ts';
import type { Doing, LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { isMap, type Value } from '../../schema/value.ts';
import { paramsOf as paramsOfItem } from '../itemAction.ts';
import { executionName } from '../executionName.ts';
import type { Plan, Target } from '../plan.ts';
import type { Frame } from './context.ts';
import { varsFrom } from './runSteps.ts';
import { holds, type ScopeContext, scopeOf, valueFrom } from './scope.ts';

/** What stands for a secret where its value has no business. */
const stars = '********';

/** A node before anything runs, with what its templates can look up then. */
export type Foreseen = { readonly context: ScopeContext; readonly frame: Frame };

/** Every execution of a plan before anything runs, by what it is called. */
export function foreseeAll(
  plan: PlanOfSteps,
  loaded: LoadedPlaybook,
): readonly (Foreseen & { readonly name: string })[] {
  const { action, targets, executions } = plan;
  const vars = action.type === 'playbook' ? (action.vars ?? {}) : {};
  const byNode = new Map(targets.map((target) => [target.node, target]));
  return executions.flatMap((execution) => {
    const target = byNode.get(execution.node);
    const params = paramsOfItem(plan, execution);
    const open = isMap(params) ? params : loaded.params;
    return target ? [{ name: executionName(execution), ...foresee(target, loaded, { vars, open }) }] : [];
  });
}

/** What of a plan is about its steps. */
export type PlanOfSteps = Pick<Plan, 'action' | 'targets' | 'executions' | 'items'>;

type GivenValues = Readonly<Record<'vars' | 'open', Readonly<Record<string, Value>>>>;

export function foresee(target: Target, loaded: LoadedPlaybook, { vars, open }: GivenValues): Foreseen {
  const hidden = new Map([...Object.keys(loaded.secrets), ...loaded.sensitive].map((name) => [name, stars]));
  const context: ScopeContext = {
    target,
    kept: new Map(),
    steps: { batch: '', user: '', secrets: hidden, vars, loaded },
  };
  const params = { ...open, ...Object.fromEntries(loaded.sensitive.map((name) => [name, stars])) };
  const frame: Frame = { params, vars: {}, results: new Map(), isOutermost: true };
  const known = varsFrom(loaded.vars, frame, context);
  return { context, frame: { ...frame, vars: 'value' in known ? known.value : {} } };
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
