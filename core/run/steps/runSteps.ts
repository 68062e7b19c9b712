import type { Doing, PlannedStep } from '../../playbook/plannedStep.ts';
import { fillParams } from '../../playbook/params.ts';
import { unknownValue } from '../../playbook/template/later.ts';
import { textOf } from '../../playbook/template/values.ts';
import type { Value } from '../../schema/value.ts';
import { type Frame, isOver, type StepsContext } from './context.ts';
import { failedEnd, type StepEnd } from './stepEnd.ts';
import { expressionValue, holds, type ScopeContext, scopeOf, valueFrom, valuesFrom } from './scope.ts';

/** A failure in the steps of a block is none once its rescue has gone well. */
export async function runBlock(
  { steps, rescue, always }: Extract<Doing, { type: 'block' }>,
  frame: Frame,
  context: StepsContext,
): Promise<StepEnd> {
  let end = await context.runList(steps, frame);
  if (end.status === 'failed' && !isOver(end) && rescue.length > 0) {
    const rescued = await context.runList(rescue, frame);
    end = { ...rescued, changed: end.changed || rescued.changed };
  }
  if (isOver(end) || always.length === 0) return end;
  const last = await context.runList(always, frame);
  const changed = end.changed || last.changed;
  return end.status === 'failed' && !isOver(last) ? { ...end, changed } : { ...last, changed };
}

type TaskStep = PlannedStep & { readonly does: Extract<Doing, { type: 'task' }> };

/** Steps of another file, with parameters and results of their own. */
export async function runTask(step: TaskStep, frame: Frame, context: StepsContext): Promise<StepEnd> {
  const { params, implementations, outputs } = step.does;
  const given = valuesFrom(step.does.with, scopeOf(context, frame));
  if ('message' in given) return failedEnd(step, given.message);
  const declared = new Map(Object.entries(params));
  const { values, mistakes } = fillParams(declared, new Map(Object.entries(given.value)), 'command line');
  const [mistake] = mistakes;
  if (mistake) return failedEnd(step, mistake.message);
  for (const [name, { sensitive }] of declared)
    if (sensitive) context.secrets.add(textOf(values[name] ?? '') ?? '');
  const vars = varsFrom(step.does.vars, { frame: { ...frame, params: values }, context });
  if ('message' in vars) return failedEnd(step, vars.message);
  const before: Frame = {
    params: values,
    vars: { ...frame.vars, ...vars.value },
    results: new Map(),
    ...(frame.isApart && { isApart: true }),
    ...((frame.isDry || step.does.supportsDryRun) && { isDry: true }),
  };
  const own = varsFrom(step.does.own ?? {}, { frame: before, context, layer: 'task' });
  if ('message' in own) return failedEnd(step, own.message);
  const inside: Frame = { ...before, task: { ...frame.task, ...own.value } };
  for (const { when, steps } of implementations) {
    const said = when === undefined ? { value: true } : holds(when, scopeOf(context, inside));
    if ('message' in said) return failedEnd(step, said.message);
    if (!said.value) continue;
    const end = await context.runList(steps, inside);
    return end.status === 'ok' ? withOutputs(end, { step, outputs, scope: scopeOf(context, inside) }) : end;
  }
  return failedEnd(step, 'none of its implementations is for this node');
}

function withOutputs(
  end: StepEnd,
  {
    step,
    outputs,
    scope,
  }: { step: TaskStep; outputs: Readonly<Record<string, string>>; scope: ReturnType<typeof scopeOf> },
): StepEnd {
  const values: Record<string, Value> = {};
  for (const [name, source] of Object.entries(outputs)) {
    const found = expressionValue(source, scope);
    if ('message' in found && !found.later) return failedEnd(step, `${name}: ${found.message}`);
    values[name] = 'value' in found ? found.value : unknownValue;
  }
  return { ...end, more: { outputs: values } };
}

/** Variables of a file in their order: each may look up those before it. */
export function varsFrom(
  vars: Readonly<Record<string, Value>>,
  { frame, context, layer = 'vars' }: { frame: Frame; context: ScopeContext; layer?: 'vars' | 'task' },
): { readonly value: Record<string, Value> } | { readonly message: string } {
  const values: Record<string, Value> = {};
  for (const [name, data] of Object.entries(vars)) {
    const found = valueFrom(data, scopeOf(context, { ...frame, [layer]: { ...frame[layer], ...values } }));
    if ('message' in found) return { message: `vars.${name}: ${found.message}` };
    values[name] = found.value;
  }
  return { value: values };
}
