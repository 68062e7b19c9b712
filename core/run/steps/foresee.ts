import type { LoadedPlaybook } from '../../playbook/plannedStep.ts';
import { hiddenValue, stars } from '../../playbook/template/later.ts';
import { isMap, type Value } from '../../schema/value.ts';
import { paramsOf as paramsOfItem } from '../itemAction.ts';
import { executionName } from '../executionName.ts';
import type { Plan, Target } from '../plan.ts';
import type { Frame } from './context.ts';
import { varsFrom } from './runSteps.ts';
import type { ScopeContext } from './scope.ts';

/** A node before anything runs, with what its templates can look up then. */
export type Foreseen = {
  readonly context: ScopeContext;
  readonly frame: Frame;
  /** Why the variables of the playbook can not be made. */
  readonly mistake?: string;
};

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
    return target ? [{ name: executionName(execution), ...before(target, loaded, { vars, open }) }] : [];
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
  const known = varsFrom(loaded.vars, { frame, context });
  return { context, frame: { ...frame, vars: 'value' in known ? known.value : {} } };
}

/** The same for the steps themselves: secrets, and what comes of steps, are values that are not there yet. */
function before(target: Target, loaded: LoadedPlaybook, given: GivenValues): Foreseen {
  const shown = foresee(target, loaded, { ...given, open: {} });
  const context: ScopeContext = { ...shown.context, isBefore: true };
  const withheld = loaded.sensitive.map((name) => [name, hiddenValue] as const);
  const params = { ...given.open, ...Object.fromEntries(withheld) };
  const frame: Frame = { params, vars: {}, results: new Map(), isOutermost: true };
  const known = varsFrom(loaded.vars, { frame, context });
  return 'value' in known
    ? { context, frame: { ...frame, vars: known.value } }
    : { context, frame, mistake: known.message };
}
