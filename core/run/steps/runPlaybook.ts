import type { Session } from '../../plugin/transport.ts';
import type { Value } from '../../schema/value.ts';
import type { ExecutionContext } from '../execution.ts';
import type { Outcome } from '../outcome.ts';
import { trackProgress } from '../progress.ts';
import type { Frame, StepEnd, StepsContext, StepsOfBatch } from './context.ts';
import { runList } from './runList.ts';
import { varsFrom } from './runSteps.ts';

/** Runs all steps of a playbook on one node over one session; gives the outcome of the execution. */
export async function runPlaybook(
  session: Session,
  context: ExecutionContext,
  steps: StepsOfBatch,
): Promise<Outcome> {
  const { id, clock, note, secrets } = context;
  const progress = trackProgress(clock, (counters) =>
    note({ type: 'outputProgress', execution: id, ...counters }),
  );
  note({ type: 'connected', execution: id, connection: session.info });
  note({ type: 'phaseChanged', execution: id, phase: 'run' });
  const own: StepsContext = {
    ...context,
    session,
    progress,
    steps,
    kept: new Map(),
    notified: new Set(),
    runList: (list, frame) => runList(list, frame, own),
  };
  try {
    const { outcome } = await runAll(own);
    if (!outcome) return { status: 'ok' };
    return 'message' in outcome ? { ...outcome, message: secrets.redact(outcome.message) } : outcome;
  } finally {
    progress.dispose();
    await context.sink.settled(id);
  }
}

/** The steps, the handlers that they notified, and what comes at the end however they went. */
async function runAll(context: StepsContext): Promise<StepEnd | { readonly outcome: Outcome }> {
  const { loaded, secrets } = context.steps;
  const withheld = loaded.sensitive.map((name): [string, Value] => [name, secrets.get(name) ?? null]);
  const params = { ...loaded.params, ...Object.fromEntries(withheld) };
  const frame: Frame = { params, vars: {}, results: new Map() };
  const vars = varsFrom(loaded.vars, frame, context);
  if ('message' in vars) return { outcome: { status: 'failed', step: 'vars', message: vars.message } };
  const inside = { ...frame, vars: vars.value };
  let end = await runList(loaded.steps, inside, context);
  if (end.status !== 'failed') {
    const notified = loaded.handlers.filter((handler) => context.notified.has(handler.id ?? ''));
    end = await runList(notified, inside, context);
  }
  if (end.isLast || loaded.finally.length === 0) return end;
  const last = await runList(loaded.finally, inside, context);
  return end.status === 'failed' && !last.isLast ? end : last;
}
