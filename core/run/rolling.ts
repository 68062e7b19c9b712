import { onAbort } from '../util/abort.ts';
import { overBudget } from './failures.ts';
import { runProbe } from './probe.ts';
import type { PlannedExecution } from './plan.ts';
import { runTogether } from './runToItsEnd.ts';
import type { Running } from './running.ts';
import { allowedFailures, isFailure } from './schedule/budget.ts';
import { waveSizes } from './schedule/waves.ts';

/** Runs a rolling batch wave by wave. The next begins when the one before it, its probe and the barrier allow it. */
export async function runWaves(batch: Running): Promise<void> {
  const { ledger, halts } = batch;
  const waves = wavesOf(batch);
  for (const [at, executions] of waves.entries()) {
    if (halts.isHalted()) return;
    const wave = at + 1;
    const of = waves.length;
    ledger.note({ type: 'waveStarted', wave, of, executions: executions.map(({ id }) => id) });
    await runTogether(executions, batch);
    const failed = failuresOf(executions, batch);
    const probed = halts.isHalted() || wave === of ? 0 : await runProbe(wave, executions, batch);
    ledger.note({ type: 'waveFinished', wave, failures: failed + probed });
    if (wave === of) return;
    const reason = reasonToStop({ wave, failed, probed, nodes: executions.length }, batch);
    if (reason !== undefined) halts.endWaiting({ status: 'not-started', reason });
    else if (!halts.isHalted()) await passBarrier(wave, batch);
  }
}

function wavesOf({ plan }: Running): readonly (readonly PlannedExecution[])[] {
  const { executions, strategy } = plan;
  let start = 0;
  return waveSizes(executions.length, strategy.waves ?? ['100%']).map((size) => {
    const wave = executions.slice(start, start + size);
    start += size;
    return wave;
  });
}

function failuresOf(executions: readonly PlannedExecution[], { ledger }: Running): number {
  return executions.filter(({ id }) => isFailure(ledger.outcomeOf(id)?.status ?? 'crashed')).length;
}

type Ended = { wave: number; failed: number; probed: number; nodes: number };

function reasonToStop({ wave, failed, probed, nodes }: Ended, { plan }: Running): string | undefined {
  const { maxFailuresPerWave } = plan.strategy;
  if (maxFailuresPerWave !== undefined && failed + probed > allowedFailures(maxFailuresPerWave, nodes)) {
    return overBudget(failed + probed, maxFailuresPerWave, `in wave ${wave}`);
  }
  if (probed === 0 || maxFailuresPerWave !== undefined) return undefined;
  return `the probe failed on ${probed} of ${nodes} nodes of wave ${wave}`;
}

/** Waits for a while, or for a person, who may also stop here. A stop of the batch ends the wait. */
async function passBarrier(wave: number, { plan, deps, ledger, halts }: Running): Promise<void> {
  const { barrier } = plan.strategy;
  if (!barrier) return;
  ledger.note({ type: 'barrierWaiting', wave, barrier });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = barrier.type === 'pause' ? deps.clock.after(barrier.ms, () => resolve(true)) : undefined;
  const listening = deps.control?.((control) => {
    if (control.type === 'proceed' && control.wave === wave) resolve(control.go);
  });
  const stopping = onAbort(AbortSignal.any([deps.stop.all, deps.stop.queued]), () => resolve(false));
  if (halts.isHalted() || (barrier.type === 'ask' && !deps.control)) resolve(false);
  const go = await promise;
  for (const each of [timer, listening, stopping]) each?.dispose();
  ledger.note({ type: 'barrierPassed', wave, go });
  if (!go) halts.endWaiting({ status: 'not-started', reason: `stopped after wave ${wave}` });
}
