import { isFollowed } from './actionText.ts';
import type { Disposable } from '../util/emitter.ts';
import { createAdmission } from './admission.ts';
import { circuitKeys } from './circuits.ts';
import { watchFailures } from './failures.ts';
import { awaitAnswers } from './firstAnswers.ts';
import { endOfFollower } from './follower.ts';
import { watchHalts } from './halts.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { watchLogins } from './logins.ts';
import { type BatchEnd, batchEnd } from './outcome.ts';
import type { Plan } from './plan.ts';
import { createPasswords } from './passwords.ts';
import { createSecrets, type Secrets } from './redact.ts';
import { withoutSecrets } from './redactedEvent.ts';
import { runAction } from './runAction.ts';
import { isOrdered, runTogether } from './runToItsEnd.ts';
import type { Running, ExecuteDeps } from './running.ts';
import { runWaves } from './rolling.ts';
import { lockstepOf } from './steps/lockstep.ts';
import { stepsOfBatch } from './steps/stepsOfBatch.ts';

/**
 * Runs a plan: exactly one outcome per execution, then exactly one end of the batch, whatever a transport does.
 * An execution that ends makes room for the next (a sliding window); a rolling batch goes wave by wave.
 */
export async function execute(plan: Plan, deps: ExecuteDeps): Promise<BatchEnd> {
  const follow = isFollowed(plan.action);
  const secrets = deps.secrets ?? createSecrets();
  const ledger = createLedger(
    deps.clock,
    (event) => deps.emit(withoutSecrets(event, secrets)),
    follow ? endOfFollower : undefined,
  );
  ledger.note({ type: 'batchStarted', batch: deps.batch, user: deps.user, plan });
  const halts = watchHalts(plan, deps.stop, ledger);
  const admission = createAdmission(plan, {
    ...deps,
    note: ledger.note,
    isConnected: (target) => deps.transports.get(target.transport)?.isConnected?.(target) === true,
  });
  const lockstep = lockstepOf(plan, ledger);
  const batch: Running = {
    plan,
    deps: withSecrets(deps, secrets),
    secrets,
    passwords: createPasswords(),
    ledger,
    halts,
    admission,
    failures: watchFailures(plan, halts),
    logins: watchLogins(plan, { ledger, ask: deps.askToGoOn }),
    targets: new Map(plan.targets.map((target) => [target.node, target])),
    refused: new Map(),
    lockstep,
    run: stepsOfBatch(plan, { ...deps, secrets, lockstep }) ?? runAction,
  };
  const warned = deps.warnings?.((message) => ledger.note({ type: 'note', message }));
  const breakers = noteBreakers(plan, deps, ledger);
  if ((await deps.saved?.()) === false)
    halts.endAll({ status: 'not-started', reason: 'it could not be saved' });
  if (isOrdered(plan.strategy.mode)) await awaitAnswers(batch);
  if (plan.strategy.mode === 'rolling') await runWaves(batch);
  else await runTogether(plan.executions, batch);
  const statuses = plan.executions.map(({ id }) => ledger.outcomeOf(id)?.status ?? 'crashed');
  const end = batchEnd(statuses, deps.stop.all.aborted && !follow ? 'cancelled' : undefined);
  admission.dispose();
  breakers?.dispose();
  ledger.close(end);
  reportStops(plan, ledger);
  warned?.dispose();
  return end;
}

/** Whatever a person gives is a secret from then on. */
function withSecrets(deps: ExecuteDeps, secrets: Secrets): ExecuteDeps {
  const { askSecret } = deps;
  if (!askSecret) return deps;
  return {
    ...deps,
    async askSecret(execution, label, note) {
      const secret = await askSecret(execution, label, note);
      if (secret !== undefined) secrets.add(secret);
      return secret;
    },
  };
}

/** Changes of the circuits that this batch has to do with, whichever batch caused them. */
function noteBreakers(plan: Plan, { shared }: ExecuteDeps, ledger: Ledger): Disposable | undefined {
  if (!shared) return undefined;
  const own = new Set(plan.targets.flatMap(circuitKeys));
  for (const key of own) {
    const state = shared.breakers.state(key);
    if (state !== 'closed') ledger.note({ type: 'breakerChanged', key, state });
  }
  return shared.onBreaker((change) => {
    if (own.has(change.key)) ledger.note({ type: 'breakerChanged', ...change });
  });
}

/** After a stop: on which nodes the process is proven gone, and where it may still run. */
function reportStops(plan: Plan, ledger: Ledger): void {
  const stopped: string[] = [];
  const running: string[] = [];
  for (const { id, node } of plan.executions) {
    const outcome = ledger.outcomeOf(id);
    if (!outcome || !('remote' in outcome)) continue;
    if (outcome.remote === 'stopped') stopped.push(node);
    if (outcome.remote === 'may-still-run') running.push(node);
  }
  if (stopped.length + running.length > 0) ledger.note({ type: 'stopReport', stopped, running });
}
