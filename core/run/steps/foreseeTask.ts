import { fillParams } from '../../playbook/params.ts';
import type { Doing, PlannedStep } from '../../playbook/plannedStep.ts';
import { hiddenValue, laterOf } from '../../playbook/template/later.ts';
import type { Value } from '../../schema/value.ts';
import type { Frame } from './context.ts';
import type { Foreseen } from './foresee.ts';
import { varsFrom } from './runSteps.ts';
import { holds, type Said, scopeOf, valuesFrom } from './scope.ts';

type Task = Extract<Doing, { type: 'task' }>;

/** Steps of one implementation of a task; `isSure` where no other can be taken. */
type Inside = { readonly steps: readonly PlannedStep[]; readonly frame: Frame; readonly isSure: boolean };

/** The implementations of a task that can be taken; `isDecided` where one of them surely is. */
export type Insides = { readonly ways: readonly Inside[]; readonly isDecided: boolean };

/**
 * The implementations of a task that can be the first whose condition holds, with what their steps look up before
 * anything runs; or why none ever can run.
 */
export function insideTask(does: Task, foreseen: Foreseen): Said<Insides> {
  const found = frameInside(does, foreseen);
  if ('message' in found) return found;
  const frame = found.value;
  const ways: Inside[] = [];
  let isSure = true;
  for (const { when, steps } of does.implementations) {
    const wanted = when === undefined ? { value: true } : holds(when, scopeOf(foreseen.context, frame));
    if ('message' in wanted && wanted.later === undefined && isSure) return wanted;
    if ('value' in wanted && !wanted.value) continue;
    isSure &&= 'value' in wanted;
    ways.push({ steps, frame, isSure });
    if ('value' in wanted) return { value: { ways, isDecided: true } };
  }
  return ways.length > 0 ? { value: { ways, isDecided: false } } : { message: noImplementation };
}

/** Why a task does nothing on a node. */
export const noImplementation = 'none of its implementations is for this node';

function frameInside(does: Task, { context, frame }: Foreseen): Said<Frame> {
  const params = paramsOf(does, { context, frame });
  if ('message' in params) return params;
  const own: Frame = { params: params.value, vars: frame.vars, results: new Map() };
  const vars = varsFrom(does.vars, { frame: own, context });
  if ('message' in vars) return vars;
  const before: Frame = { ...own, vars: { ...frame.vars, ...vars.value } };
  const task = varsFrom(does.own ?? {}, { frame: before, context, layer: 'task' });
  if ('message' in task) return task;
  return { value: { ...before, task: { ...frame.task, ...task.value } } };
}

/** Its parameters, with what stands for those that are not known yet or secret. */
function paramsOf({ params, with: given }: Task, { context, frame }: Foreseen): Said<Record<string, Value>> {
  const said = valuesFrom(given, scopeOf(context, frame));
  if ('message' in said) return said;
  const values = new Map(Object.entries(said.value));
  const later = [...values].filter(([, value]) => laterOf(value) !== undefined);
  const laterNames = new Set(later.map(([name]) => name));
  const declared = Object.entries(params);
  const known = new Map([...values].filter(([name]) => !laterNames.has(name)));
  const filled = fillParams(
    new Map(declared.filter(([name]) => !laterNames.has(name))),
    known,
    'command line',
  );
  const [mistake] = filled.mistakes;
  if (mistake) return { message: mistake.message };
  const secret = declared.filter(([, { sensitive }]) => sensitive).map(([name]) => [name, hiddenValue]);
  return { value: { ...filled.values, ...Object.fromEntries(later), ...Object.fromEntries(secret) } };
}
