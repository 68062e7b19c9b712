import { isMap, type Value } from '../../schema/value.ts';
import { paramsOf } from '../itemAction.ts';
import type { Outcome } from '../outcome.ts';
import type { Reached } from '../executionContext.ts';
import type { Frame, StepsContext, StepsOfBatch } from './context.ts';
import { okEnd, type StepEnd, valueOfEnd } from './stepEnd.ts';
import { runList } from './runList.ts';
import { varsFrom } from './runSteps.ts';

/** Runs all steps of a playbook on one node that is reached; gives the outcome of the execution. */
export async function runPlaybook(context: Reached, steps: StepsOfBatch): Promise<Outcome> {
  const own: StepsContext = {
    ...context,
    steps,
    kept: new Map(),
    notified: new Set(),
    runList: (list, frame) => runList(list, frame, own),
  };
  const outcome = await outcomeOfAll(own);
  if (!outcome) return { status: 'ok' };
  return 'message' in outcome ? { ...outcome, message: context.secrets.redact(outcome.message) } : outcome;
}

async function outcomeOfAll(context: StepsContext): Promise<Outcome | undefined> {
  try {
    return (await runAll(context)).outcome;
  } finally {
    await context.sink.settled(context.id);
  }
}

/** The steps, the handlers that they notified, and what comes at the end however they went. */
async function runAll(context: StepsContext): Promise<StepEnd | { readonly outcome: Outcome }> {
  const { loaded, secrets } = context.steps;
  const withheld = loaded.sensitive.map((name): [string, Value] => [name, secrets.get(name) ?? null]);
  const open = paramsOf(context.plan, context) ?? loaded.params;
  const params = { ...(isMap(open) && open), ...Object.fromEntries(withheld) };
  const frame: Frame = { params, vars: {}, results: new Map(), isOutermost: true };
  const skipped = valueOfEnd({ ...okEnd, status: 'skipped', message: 'before the step to start at' });
  for (const id of loaded.before?.ids ?? []) frame.results.set(id, skipped);
  for (const name of loaded.before?.registers ?? []) context.kept.set(name, skipped);
  const vars = varsFrom(loaded.vars, { frame, context });
  if ('message' in vars) return { outcome: { status: 'failed', step: 'vars', message: vars.message } };
  const inside = { ...frame, vars: vars.value };
  let end = await runList(loaded.steps, inside, context);
  if (end.status !== 'failed') {
    const notified = loaded.handlers.filter((handler) => context.notified.has(handler.id ?? ''));
    end = await runList(notified, inside, context);
  }
  if (end.status === 'failed') context.steps.lockstep?.fail(context.id);
  if (end.isLast || loaded.finally.length === 0) return end;
  const last = await runList(loaded.finally, inside, context);
  return end.status === 'failed' && !last.isLast ? end : last;
}
