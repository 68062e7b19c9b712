import { onAbort } from '../util/abort.ts';
import { runExecution } from './execution.ts';
import type { PlannedExecution } from './plan.ts';
import { runAction } from './runAction.ts';
import type { Running } from './running.ts';

/** Runs the plan's probe on the nodes of a wave that ended ok; gives the number of those on which it failed. */
export async function runProbe(
  wave: number,
  executions: readonly PlannedExecution[],
  batch: Running,
): Promise<number> {
  const { probe } = batch.plan.strategy;
  if (!probe) return 0;
  const done = executions.filter(({ id }) => batch.ledger.outcomeOf(id)?.status === 'ok');
  const passed = await Promise.all(done.map((planned) => probeOne({ wave, planned, probe }, batch)));
  return passed.filter((ok) => !ok).length;
}

type Probing = { wave: number; planned: PlannedExecution; probe: { type: 'command'; command: string } };

/** The outcome of the execution stands; the probe is an event of its own, and its output is not kept. */
async function probeOne({ wave, planned, probe }: Probing, batch: Running): Promise<boolean> {
  const { plan, deps, ledger, admission } = batch;
  const target = batch.targets.get(planned.node);
  const transport = target && deps.transports.get(target.transport);
  if (!target || !transport) return false;
  const stop = new AbortController();
  const stopping = onAbort(deps.stop.all, () => stop.abort('cancelled'));
  const dequeued = AbortSignal.any([deps.stop.all, deps.stop.queued]);
  const work = async () =>
    dequeued.aborted
      ? undefined
      : runExecution({
          id: planned.id,
          plan: { ...plan, action: probe },
          target,
          transport,
          clock: deps.clock,
          random: deps.random,
          sink: { write: () => undefined, settled: () => undefined, extents: () => [] },
          stop,
          secrets: batch.secrets,
          stacks: deps.stacks === true,
          passwords: batch.passwords,
          run: runAction,
          note: () => undefined,
        });
  const result = await admission.place(target, () => admission.turn(target, work, dequeued), dequeued);
  stopping.dispose();
  // Nobody asks any more: the batch ends after this wave.
  if (!result) return true;
  const outcome = 'parked' in result ? result.otherwise : result;
  ledger.note({ type: 'probeFinished', wave, node: planned.node, outcome });
  return outcome.status === 'ok';
}
