import { executionName } from '../executionName.ts';
import type { PlannedStep, StepRetries } from '../../playbook/plannedStep.ts';
import type { Value } from '../../schema/value.ts';
import type { RunEvent } from '../events.ts';
import { isDone, tellings, toldEnd } from './dryRun.ts';
import { doStep, itemText } from './doStep.ts';
import type { OwnDoing } from './on.ts';
import { stoppedEnd } from './work.ts';
import { type Frame, isOver, type StepsContext } from './context.ts';
import { noLoop } from './noLoop.ts';
import { failedEnd, okEnd, type StepEnd, valueOfEnd } from './stepEnd.ts';
import { delegateOf, inPlace } from './inPlace.ts';
import { runBlock, runTask } from './runSteps.ts';
import { holds, scopeOf, titleIn, valueFrom } from './scope.ts';
import { pass } from './wait.ts';

/** Runs a step with all its options, and says what came of it. */
export async function runStep(step: PlannedStep, frame: Frame, context: StepsContext): Promise<StepEnd> {
  if (context.stop.signal.aborted) return stoppedEnd();
  const wanted = step.when === undefined ? { value: true } : holds(step.when, scopeOf(context, frame));
  if ('message' in wanted) {
    const end = wanted.later ? toldEnd(`would run, if ${step.when}`) : failedEnd(step, wanted.message);
    return told(step, end, { frame, context });
  }
  if (!wanted.value)
    return told(
      step,
      { ...okEnd, status: 'skipped', message: 'its condition does not hold' },
      { frame, context },
    );
  if (!isDone(step, frame, context)) return tellOnly(step, frame, context);
  const { throttle, once } = step;
  const apart = throttle === undefined ? frame : { ...frame, isApart: true };
  const work = (): Promise<StepEnd> => runLoop(step, apart, context);
  const { shared } = context.steps;
  const placed = async (): Promise<StepEnd> => {
    if (throttle === undefined) return work();
    return (
      (await shared.throttled({ path: step.path, places: throttle }, work, context.stop.signal)) ??
      stoppedEnd()
    );
  };
  if (!once) return placed();
  const name = executionName({ ...context.target, item: context.item });
  const { end, by } = await shared.once(step.path, name, placed);
  if (by === name) return end;
  finished(step, { end, on: by }, { frame, context });
  return end;
}

/** Says what a step would do. */
function tellOnly(step: PlannedStep, frame: Frame, context: StepsContext): StepEnd {
  for (const { frame: own, end } of tellings(step, frame, context)) told(step, end, { frame: own, context });
  return toldEnd('');
}

/** A step that ends without having begun. */
function told(
  step: PlannedStep,
  end: StepEnd,
  place: { readonly frame: Frame; readonly context: StepsContext },
): StepEnd {
  finished(step, { end }, place);
  return end;
}

async function runLoop(step: PlannedStep, frame: Frame, context: StepsContext): Promise<StepEnd> {
  if (step.loop === undefined) return runAttempts(step, frame, context);
  const found = valueFrom(step.loop as Value, scopeOf(context, frame));
  const items =
    'message' in found
      ? found
      : Array.isArray(found.value)
        ? found.value
        : { message: noLoop(step.loop as Value, found.value) };
  if ('message' in items) return told(step, failedEnd(step, items.message), { frame, context });
  const ends: StepEnd[] = [];
  for (const [index, value] of items.entries()) {
    const end = await runAttempts(step, { ...frame, item: { value, index } }, context);
    ends.push(end);
    if (isOver(end) || (end.status === 'failed' && !step.ignoreErrors)) break;
  }
  return loopEnd(ends);
}

function loopEnd(ends: readonly StepEnd[]): StepEnd {
  const last = ends.at(-1) ?? okEnd;
  const failed = ends.find(({ status }) => status === 'failed');
  return {
    ...(failed ?? last),
    ...(last.isLast && { isLast: true }),
    ...(last.isHalted && { isHalted: true }),
    changed: ends.some(({ changed }) => changed),
    more: { results: ends.map(valueOfEnd) },
  };
}

/** Once, and again as long as the step says so. */
async function runAttempts(step: PlannedStep, frame: Frame, context: StepsContext): Promise<StepEnd> {
  const { retries } = step;
  for (let attempt = 1; ; attempt += 1) {
    const end = await runOnce(step, { frame, attempt }, context);
    if (!retries || attempt > retries.count || !isTriedAgain(end, step, retries)) return end;
    const factor = retries.backoff === 'exponential' ? 2 ** (attempt - 1) : 1;
    if (!(await pass(retries.delayMs * factor, context))) return stoppedEnd();
    if (end.outcome?.status === 'lost' && (await context.line.reopen())) return end;
  }
}

/** What may still run, or may have run, is done again only where that does no harm. */
function isTriedAgain(end: StepEnd, { idempotent = false }: PlannedStep, { on }: StepRetries): boolean {
  const { status, outcome } = end;
  if (outcome?.status === 'lost') return idempotent;
  if (status !== 'failed' || isOver(end)) return false;
  if (outcome?.status === 'timed-out' && outcome.remote === 'may-still-run' && !idempotent) return false;
  // A password that was refused would lock the account in the end.
  if (outcome?.status === 'failed' && outcome.step === 'run-as') return false;
  return (on as readonly string[]).includes(outcome?.status ?? 'failed');
}

async function runOnce(
  step: PlannedStep,
  { frame, attempt }: { frame: Frame; attempt: number },
  context: StepsContext,
): Promise<StepEnd> {
  const { does } = step;
  if (does.type === 'block') return runBlock(does, frame, context);
  const scope = scopeOf(context, frame);
  const before = context.progress.counters();
  started(step, attempt, { frame, context });
  const ended =
    does.type === 'task'
      ? await runTask({ ...step, does }, frame, context)
      : judged(
          step,
          await inPlace({ ...step, does: does satisfies OwnDoing }, { scope, context, frame }, doStep),
          {
            frame,
            context,
          },
        );
  await context.sink.settled(context.id);
  const on = delegateOf(step, scope);
  const end =
    ended.status === 'failed' ? { ...ended, lastLine: context.progress.lastLineSince(before) } : ended;
  finished(step, { end, attempt, ...(on !== undefined && { on }) }, { frame, context });
  return end;
}

type Where = { readonly frame: Frame; readonly context: StepsContext };

/** What the conditions of a step make of its end. */
function judged(step: PlannedStep, end: StepEnd, { frame, context }: Where): StepEnd {
  const { failedWhen, changedWhen, until } = step;
  if (end.isLast) return end;
  const scope = scopeOf(context, frame, valueOfEnd(end));
  let after = end;
  if (failedWhen !== undefined) {
    const said = holds(failedWhen, scope);
    if ('message' in said) return failedEnd(step, said.message);
    const { outcome: _outcome, ...rest } = end;
    const failed = end.outcome ?? failedEnd(step, `failed, by ${failedWhen}`).outcome;
    after = said.value && failed ? { ...end, status: 'failed', outcome: failed } : { ...rest, status: 'ok' };
  }
  if (changedWhen !== undefined) {
    const said = holds(changedWhen, scope);
    if ('message' in said) return failedEnd(step, said.message);
    after = { ...after, changed: said.value };
  }
  if (until === undefined || after.status === 'failed') return after;
  const said = holds(until, scope);
  if ('message' in said) return failedEnd(step, said.message);
  return said.value
    ? after
    : { ...after, ...failedEnd(step, `not yet: ${until}`), stdout: end.stdout, stderr: end.stderr };
}

function started(step: PlannedStep, attempt: number, { frame, context }: Where): void {
  const { stdoutBytes, stderrBytes } = context.progress.counters();
  context.note({
    ...placeOf(step, { frame, context }),
    type: 'stepStarted',
    attempt,
    from: stdoutBytes + stderrBytes,
  });
}

function finished(
  step: PlannedStep,
  { end, attempt, on }: { end: StepEnd; attempt?: number; on?: string },
  where: Where,
): void {
  const { context } = where;
  const leftOut = context.sink.leftOut?.(context.id) ?? 0;
  context.note({
    ...placeOf(step, where),
    type: 'stepFinished',
    ...context.progress.counters(),
    exitCode: end.exitCode ?? null,
    signal: end.outcome?.status === 'signalled' ? end.outcome.signal : null,
    extents: [...context.sink.extents(context.id)],
    ...(leftOut > 0 && { leftOut }),
    status: end.status,
    changed: end.changed,
    ...(end.message !== '' && { message: context.secrets.redact(end.message) }),
    ...(step.ignoreErrors && end.status === 'failed' && { ignored: true }),
    ...(end.isOpen && { wouldRun: true }),
    ...(attempt !== undefined && { attempt }),
    ...(end.status === 'failed' && end.lastLine && { ownLastLine: end.lastLine }),
    ...(on !== undefined && { on }),
  });
}

type Placed = Pick<Extract<RunEvent, { type: 'stepStarted' }>, 'execution' | 'step' | 'title' | 'iteration'>;

function placeOf(step: PlannedStep, { frame, context }: Where): Placed {
  const scope = scopeOf(context, frame);
  const title = context.secrets.redact(titleIn(step, scope));
  const { item } = frame;
  return {
    execution: context.id,
    step: step.path,
    title:
      item && step.loop !== undefined ? `${title} (${context.secrets.redact(itemText(item.value))})` : title,
    ...(item && step.loop !== undefined && { iteration: item.index }),
  };
}
