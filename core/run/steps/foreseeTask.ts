import { fillParams } from '../../playbook/params.ts';
import type { Doing } from '../../playbook/plannedStep.ts';
import { hiddenValue, laterOf } from '../../playbook/template/later.ts';
import type { Value } from '../../schema/value.ts';
import type { Frame } from './context.ts';
import type { Foreseen } from './foresee.ts';
import { varsFrom } from './runSteps.ts';
import { type Said, scopeOf, valueFrom } from './scope.ts';

/** What steps of a task, or of another playbook, can look up before anything runs; or why they never can run. */
export function insideTask(
  does: Extract<Doing, { type: 'task' }>,
  { context, frame }: Foreseen,
): Said<Frame> {
  const params = paramsOf(does, { context, frame });
  if ('message' in params) return params;
  const own: Frame = { params: params.value, vars: frame.vars, results: new Map() };
  const vars = varsFrom(does.vars, own, context);
  if ('message' in vars) return vars;
  const before: Frame = { ...own, vars: { ...frame.vars, ...vars.value } };
  const task = varsFrom(does.own ?? {}, before, context, 'task');
  if ('message' in task) return task;
  return { value: { ...before, task: { ...frame.task, ...task.value } } };
}

/** Its parameters, with what stands for those that are not known yet or secret. */
function paramsOf(
  { params, with: given }: Extract<Doing, { type: 'task' }>,
  { context, frame }: Foreseen,
): Said<Record<string, Value>> {
  const said = valueFrom(given, scopeOf(context, frame));
  if ('message' in said) return said;
  const values = new Map(Object.entries(said.value as Record<string, Value>));
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
