import pLimit from 'p-limit';
import type { Transport } from '../plugin/transport.ts';
import type { Clock } from '../util/clock.ts';
import type { Event } from '../util/emitter.ts';
import type { LoggedEvent, UnknownHostKey } from './events.ts';
import { type OutputSink, type Parked, runExecution } from './execution.ts';
import { type Halts, type StopSignals, watchHalts } from './halts.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type BatchEnd, batchEnd } from './outcome.ts';
import type { Plan, PlannedExecution, Target } from './plan.ts';

/** Puts an event into the batch's stream. */
export type Note = Ledger['note'];

export type ExecuteDeps = {
  batch: string;
  user: string;
  transports: ReadonlyMap<string, Transport>;
  clock: Clock;
  sink: OutputSink;
  stop: StopSignals;
  emit: (event: LoggedEvent) => void;
  /** What a person should know about the batch as a whole, such as a full disk. */
  warnings?: Event<string>;
  /** Asks a person about a host key, and does not reject. Absent where nobody can answer. */
  trustHostKey?: (execution: PlannedExecution, key: UnknownHostKey, note: Note) => Promise<boolean>;
  /** Asks a person for a secret; absent where nobody can answer. */
  askSecret?: (execution: PlannedExecution, label: string, note: Note) => Promise<string | undefined>;
};

/**
 * Runs a plan: exactly one outcome per execution, then exactly one end of the batch, whatever a transport does.
 * At most `concurrency` executions run at once; one that ends makes room for the next (a sliding window).
 */
export async function execute(plan: Plan, deps: ExecuteDeps): Promise<BatchEnd> {
  const ledger = createLedger(deps.clock, deps.emit);
  ledger.note({ type: 'batchStarted', batch: deps.batch, user: deps.user, plan });
  const batch: Running = {
    plan,
    deps,
    ledger,
    halts: watchHalts(plan, deps.stop, ledger),
    window: pLimit(plan.strategy.mode === 'sequential' ? 1 : plan.strategy.concurrency),
    targets: new Map(plan.targets.map((target) => [target.node, target])),
  };
  const warned = deps.warnings?.((message) => ledger.note({ type: 'note', message }));
  await Promise.all(plan.executions.map((planned) => runToItsEnd(planned, batch)));
  const statuses = plan.executions.map(({ id }) => ledger.outcomeOf(id)?.status ?? 'crashed');
  const end = batchEnd(statuses, deps.stop.all.aborted ? 'cancelled' : undefined);
  ledger.close(end);
  reportStops(plan, ledger);
  warned?.dispose();
  return end;
}

type Running = {
  plan: Plan;
  deps: ExecuteDeps;
  ledger: Ledger;
  halts: Halts;
  window: ReturnType<typeof pLimit>;
  targets: ReadonlyMap<string, Target>;
};

/** Waits for room in the window and runs; once more after a person has trusted a host key. */
async function runToItsEnd(planned: PlannedExecution, batch: Running): Promise<void> {
  const { ledger, window } = batch;
  let parked = await window(() => runOnce(planned, batch));
  while (parked && (await isTrusted(planned, parked, batch))) {
    parked = await window(() => runOnce(planned, batch));
  }
  if (parked) ledger.finish(planned.id, parked.otherwise);
}

/** One pass through the window; the result, if any, is a host key that a person has to look at. */
async function runOnce(planned: PlannedExecution, batch: Running): Promise<Parked | undefined> {
  const { plan, deps, ledger, halts } = batch;
  if (ledger.outcomeOf(planned.id)) return undefined;
  const target = batch.targets.get(planned.node);
  const transport = target && deps.transports.get(target.transport);
  if (!target || !transport) {
    const message = `there is no transport "${target?.transport ?? ''}"`;
    ledger.finish(planned.id, { status: 'refused', by: 'validation', message });
    return undefined;
  }
  ledger.note({ type: 'executionStarted', execution: planned.id });
  const { askSecret } = deps;
  const result = await runExecution({
    id: planned.id,
    plan,
    target,
    transport,
    clock: deps.clock,
    sink: deps.sink,
    stop: halts.begin(planned.id),
    note: ledger.note,
    ...(askSecret && { askSecret: (label) => askSecret(planned, label, ledger.note) }),
  });
  if ('parked' in result) {
    halts.park(planned.id);
    return result;
  }
  ledger.finish(planned.id, result);
  halts.afterOutcome(result);
  return undefined;
}

/** Waits, outside the window, until a person has said yes or no to the key of a node. */
async function isTrusted(planned: PlannedExecution, { parked }: Parked, batch: Running): Promise<boolean> {
  const { deps, ledger } = batch;
  if (!deps.trustHostKey) return false;
  ledger.note({ type: 'phaseChanged', execution: planned.id, phase: 'host-key' });
  const ended = ledger.ended(planned.id).then(() => false);
  return Promise.race([deps.trustHostKey(planned, parked, ledger.note), ended]);
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
