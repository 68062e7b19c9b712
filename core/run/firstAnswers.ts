import { whenEnded } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { PlannedExecution } from './plan.ts';
import type { Running } from './running.ts';

/** Waits, in nobody's place, for what an execution needs before it may start. An outcome ends it. */
export async function firstAnswer(
  planned: PlannedExecution,
  { deps, ledger }: Pick<Running, 'deps' | 'ledger'>,
): Promise<Outcome | undefined> {
  const execution = planned.id;
  const ended = ledger.endOf(execution);
  const waiting = ended.aborted ? undefined : deps.beforeStart?.(planned, ledger.note);
  if (!waiting) return undefined;
  ledger.note({ type: 'phaseChanged', execution, phase: 'host-key' });
  const outcome = await Promise.race([waiting, whenEnded(ended)]);
  ledger.note({ type: 'phaseChanged', execution, phase: 'queued' });
  return outcome;
}

/** Where the order counts nothing starts before everything is answered. A no is kept until it is the node's turn. */
export async function awaitAnswers(batch: Running): Promise<void> {
  const answered = batch.plan.executions.map(async (planned) => {
    const outcome = await firstAnswer(planned, batch);
    if (outcome) batch.refused.set(planned.id, outcome);
  });
  await Promise.all(answered);
}
