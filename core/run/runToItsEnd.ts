import type { Transport } from '../plugin/transport.ts';
import type { Running } from './running.ts';
import { onAbort } from '../util/abort.ts';
import { askBreakers, type Circuit } from './circuits.ts';
import { type Parked, runExecution } from './execution.ts';
import type { ExecutionContext } from './executionContext.ts';
import { firstAnswer } from './firstAnswers.ts';
import { whenEnded } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { PlannedExecution, Target } from './plan.ts';
import type { Secrets } from './redact.ts';
import { retryDelay } from './retry.ts';
import type { Visit } from './schedule/hosts.ts';
import type { Strategy } from './strategy.ts';

/** Runs all of a wave, or of a batch, to their ends. */
export async function runTogether(executions: readonly PlannedExecution[], batch: Running): Promise<void> {
  batch.lockstep?.begin(executions.map(({ id }) => id));
  await Promise.all(executions.map((planned) => runToItsEnd(planned, batch)));
}

/**
 * Waits for its turn and runs, again where the plan has it tried again or a person has trusted a host key. Between
 * two attempts it takes nobody's place, unless the order of the batch would be lost.
 */
async function runToItsEnd(planned: PlannedExecution, batch: Running): Promise<void> {
  const { ledger, admission } = batch;
  const { mode } = batch.plan.strategy;
  const target = batch.targets.get(planned.node);
  if (!target) {
    const message = 'it has no target in the plan';
    return finish(planned, { status: 'refused', by: 'validation', message }, batch);
  }
  const ended = ledger.endOf(planned.id);
  if (!isOrdered(mode)) {
    const outcome = await firstAnswer(planned, batch);
    if (outcome) return finish(planned, outcome, batch);
  }
  let attempt = 1;
  let tries = 1;
  let last: Outcome | undefined;
  const isTriedAgain = async (next: Next): Promise<boolean> => {
    if (next.type === 'again') {
      await pass(next.delayMs, batch, ended);
      attempt++;
      if (!next.isCrowded) tries++;
      last = next.outcome;
    } else if (next.type === 'parked' && !(await isTrusted(planned, next, batch))) {
      finish(planned, next.otherwise, batch);
    }
    return next.type !== 'ended' && !ended.aborted;
  };
  const inPlace = async (visit?: Visit): Promise<Next> => {
    for (;;) {
      const work = () => attemptOnce({ planned, target, attempt, tries, visit, last }, batch);
      const next = await (batch.lockstep ? work() : admission.turn(target, work, ended));
      if (!keepsPlace(next, mode)) return next;
      if (!(await isTriedAgain(next))) return { type: 'ended' };
    }
  };
  // In lockstep, places are for steps: whoever waits for the others must not keep them from running.
  const place = batch.lockstep ? inPlace : () => admission.place(target, inPlace, ended);
  while (await isTriedAgain(await place()));
}

/** Whether nothing that comes later may overtake what waits. */
export function isOrdered(mode: Strategy['mode']): boolean {
  return mode !== 'parallel';
}

/** Those who come later would overtake whoever left its place: all others, or the others of its wave. */
function keepsPlace({ type }: Next, mode: Strategy['mode']): boolean {
  return mode === 'sequential' || (mode === 'rolling' && type === 'parked');
}

type Refusal = Extract<Circuit, { refusedBy: string }>;

/** `tries`: those that count, this one included. `last` is how the attempt before it ended. */
type Attempt = {
  planned: PlannedExecution;
  target: Target;
  attempt: number;
  tries: number;
  visit: Visit | undefined;
  last: Outcome | undefined;
};

/**
 * What follows an attempt: nothing, another one after a while, or a question to a person. One that was turned away by a
 * host to which fewer connect from now on does not count.
 */
type Next =
  | { type: 'ended' }
  | { type: 'again'; delayMs: number; outcome: Outcome; isCrowded: boolean }
  | ({ type: 'parked' } & Parked);

type Crowded = { readonly crowded: Outcome };

/**
 * One attempt, once all limits allow it. Its outcome is known before its place is given away, so that a failure that
 * ends the batch comes before the next start.
 */
async function attemptOnce(attempt: Attempt, batch: Running): Promise<Next> {
  const { planned } = attempt;
  const { ledger, halts } = batch;
  if (ledger.outcomeOf(planned.id)) return { type: 'ended' };
  const refused = batch.refused.get(planned.id);
  if (refused) {
    finish(planned, refused, batch);
    return { type: 'ended' };
  }
  const waiting = batch.logins.mayTry(planned, attempt.target);
  if (waiting) {
    const stopped = await Promise.race([waiting, whenEnded(ledger.endOf(planned.id))]);
    if (stopped) finish(planned, stopped, batch);
    if (ledger.outcomeOf(planned.id)) return { type: 'ended' };
  }
  const result = await runOnce(attempt, batch);
  if ('parked' in result) {
    halts.park(planned.id);
    return { type: 'parked', ...result };
  }
  if ('refusedBy' in result) return endRefused(result, attempt, batch);
  const isCrowded = 'crowded' in result;
  const outcome = isCrowded ? result.crowded : result;
  const delayMs = retryIn(outcome, isCrowded ? 1 : attempt.tries, batch);
  // The end of an execution comes before the question that it gives rise to.
  if (delayMs === undefined) finish(planned, outcome, batch);
  batch.logins.count(attempt.target, outcome);
  if (delayMs === undefined) return { type: 'ended' };
  const failed = { execution: planned.id, attempt: attempt.attempt, outcome, retryInMs: delayMs };
  ledger.note({ type: 'attemptFailed', ...failed });
  halts.park(planned.id);
  return { type: 'again', delayMs, outcome, isCrowded };
}

/** An open circuit refuses at once and for good. Who was tried before it opened ends as that attempt did. */
function endRefused({ refusedBy }: Refusal, { planned, last }: Attempt, batch: Running): Next {
  if (last)
    batch.ledger.note({ type: 'note', execution: planned.id, message: `not tried again: ${refusedBy}` });
  finish(planned, last ?? { status: 'not-started', reason: refusedBy }, batch);
  return { type: 'ended' };
}

async function runOnce(given: Attempt, batch: Running): Promise<Outcome | Parked | Refusal | Crowded> {
  const { planned, target, attempt, visit } = given;
  const { deps, ledger } = batch;
  const { id } = planned;
  const transport = deps.transports.get(target.transport);
  if (!transport) {
    return { status: 'refused', by: 'validation', message: `there is no transport "${target.transport}"` };
  }
  const circuit = askBreakers(target, deps.shared?.breakers);
  if ('refusedBy' in circuit) return circuit;
  ledger.note(
    attempt === 1
      ? { type: 'executionStarted', execution: id }
      : { type: 'attemptStarted', execution: id, attempt },
  );
  const debug = deps.debug && redacted(deps.debug(planned), batch.secrets);
  const context = contextOf(given, transport, batch);
  const result = await runExecution({ ...context, ...(debug && { debug }) });
  debug?.('parked' in result ? 'waits for a person to look at the host key' : `ended: ${describe(result)}`);
  if ('parked' in result) {
    circuit.report(undefined);
    return result;
  }
  const isCrowded = isThrottled(result) && visit?.refused() === true;
  circuit.report(isCrowded ? undefined : result);
  return isCrowded ? { crowded: result } : result;
}

function contextOf(
  { planned, target, visit }: Attempt,
  transport: Transport,
  batch: Running,
): ExecutionContext {
  const { plan, deps, ledger, halts, admission } = batch;
  const { askSecret } = deps;
  const { id, item } = planned;
  const stop = halts.begin(id);
  const inTurn: ExecutionContext['inTurn'] = (work) =>
    admission.place(target, () => admission.turn(target, work, stop.signal), stop.signal);
  return {
    id,
    ...(item && { item }),
    plan,
    target,
    transport,
    clock: deps.clock,
    random: deps.random,
    sink: deps.sink,
    stop,
    inTurn: batch.lockstep && inTurn,
    note(event) {
      if (event.type === 'connected') visit?.taken();
      ledger.note(event);
    },
    stdin: deps.stdin,
    run: batch.run,
    askToGoOn: deps.askToGoOn,
    secrets: batch.secrets,
    passwords: batch.passwords,
    stacks: deps.stacks === true,
    ...(askSecret && { askSecret: (label) => askSecret(planned, label, ledger.note) }),
  };
}

function isThrottled(outcome: Outcome): boolean {
  return outcome.status === 'unreachable' && outcome.kind === 'throttled';
}

function redacted(debug: (line: string) => void, { redact }: Secrets): (line: string) => void {
  return (line) => debug(redact(line));
}

function describe(outcome: Outcome): string {
  return 'message' in outcome ? `${outcome.status}: ${outcome.message}` : outcome.status;
}

function finish({ id }: PlannedExecution, outcome: Outcome, { ledger, failures }: Running): void {
  if (ledger.outcomeOf(id)) return;
  ledger.finish(id, outcome);
  failures.count(outcome);
}

/** Where somebody has stopped the batch, an outcome stands: nothing is tried again. */
function retryIn(outcome: Outcome, attempt: number, { plan, deps, halts }: Running): number | undefined {
  if (halts.isHalted()) return undefined;
  return retryDelay(outcome, attempt, { retries: plan.limits.retries, random: deps.random() });
}

/** Settles after `ms`, or when the execution has ended. */
function pass(ms: number, { deps }: Running, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = deps.clock.after(ms, () => {
      ending.dispose();
      resolve();
    });
    const ending = onAbort(signal, () => {
      timer.dispose();
      resolve();
    });
  });
}

/** Waits, in nobody's place, until a person has said yes or no to the key of a node. */
async function isTrusted(planned: PlannedExecution, { parked }: Parked, batch: Running): Promise<boolean> {
  const { deps, ledger } = batch;
  if (!deps.trustHostKey) return false;
  ledger.note({ type: 'phaseChanged', execution: planned.id, phase: 'host-key' });
  const ended = whenEnded(ledger.endOf(planned.id)).then(() => false);
  return Promise.race([deps.trustHostKey(planned, parked, ledger.note), ended]);
}
