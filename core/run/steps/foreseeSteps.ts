import type { Doing, LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { unknownValue } from '../../playbook/template/later.ts';
import type { Value } from '../../schema/value.ts';
import type { Frame } from './context.ts';
import type { Foreseen } from './foresee.ts';
import { insideTask } from './foreseeTask.ts';
import { distinct, type Kept } from './keptBefore.ts';
import { holds, type Said, scopeOf, valueFrom } from './scope.ts';

/** A step that a node would come to, with what its templates can look up before anything runs. */
export type ForeseenStep = {
  readonly step: PlannedStep;
  readonly scope: Scope;
  /** Whether it is done: `maybe` where that is decided when it runs. */
  readonly runs: 'yes' | 'maybe' | 'no';
  /** Why it is not done. */
  readonly why?: string;
  /** What is wrong with its condition or its loop, whatever comes of other steps. */
  readonly mistake?: string;
};

/** A list of steps that is gone through: where that is, and what it leaves behind. */
type Walk = {
  readonly node: Foreseen;
  readonly frame: Frame;
  /** Every node comes here, unless a step before has failed. */
  readonly isSure: boolean;
  readonly found: ForeseenStep[];
  /** Variables as they were after each step: a failure can come at any of them. */
  readonly seen: Kept[];
};

/**
 * Every step that a node may come to, and those inside of them: in a loop once for each item, and where a condition is
 * decided later once for each way in which variables that steps set can come out.
 */
export function foreseeSteps(loaded: LoadedPlaybook, node: Foreseen): readonly ForeseenStep[] {
  const none: Kept = new Map();
  const walk: Walk = { node, frame: node.frame, isSure: true, found: [], seen: [none] };
  let ends = walkList(loaded.steps, walk, [none]);
  for (const handler of loaded.handlers)
    ends = distinct([...ends, ...walkList([handler], { ...walk, isSure: false }, ends)]);
  walkList(loaded.finally, walk, distinct(walk.seen));
  return walk.found;
}

/** What variables can be after all of the steps. */
function walkList(steps: readonly PlannedStep[], walk: Walk, before: readonly Kept[]): readonly Kept[] {
  let now = before;
  for (const step of steps) {
    const isSure = walk.isSure && now.length === 1;
    now = distinct(now.flatMap((kept) => walkStep(step, { ...walk, isSure }, kept)));
    walk.seen.push(...now);
  }
  return now;
}

function walkStep(step: PlannedStep, walk: Walk, kept: Kept): readonly Kept[] {
  const { frame, found } = walk;
  const scope = scopeWith(walk, kept, frame);
  const wanted = step.when === undefined ? { value: true } : holds(step.when, scope);
  const after = (ends: readonly Kept[]): readonly Kept[] => registered(step, ends);
  if ('value' in wanted && !wanted.value) {
    found.push({ step, scope, runs: 'no', why: 'its condition does not hold' });
    return after([kept]);
  }
  // A failure that is allowed is none, and who does what one does for all is not known.
  const isSure = walk.isSure && 'value' in wanted && !step.ignoreErrors && !step.once;
  const mistake = mistakeOf(wanted);
  if (mistake !== undefined) {
    found.push({ step, scope, runs: walk.isSure && !step.ignoreErrors ? 'yes' : 'maybe', mistake });
    return [kept];
  }
  const ends = walkLoop(step, { ...walk, isSure }, kept);
  return after('value' in wanted ? ends : [kept, ...ends]);
}

function walkLoop(step: PlannedStep, walk: Walk, kept: Kept): readonly Kept[] {
  const { frame, found, isSure } = walk;
  if (step.loop === undefined) return walkOnce(step, walk, kept);
  const scope = scopeWith(walk, kept, frame);
  const said = valueFrom(step.loop as Value, scope);
  const isUnknown = 'value' in said && said.value === unknownValue;
  if (isUnknown) {
    const own = { ...frame, item: { value: unknownValue, index: 0 } };
    return [kept, ...walkOnce(step, { ...walk, frame: own, isSure: false }, kept)];
  }
  if ('message' in said || !Array.isArray(said.value)) {
    const mistake = mistakeOf(said) ?? 'The loop is no list.';
    found.push({ step, scope, runs: isSure ? 'yes' : 'maybe', mistake });
    return [kept];
  }
  if (said.value.length === 0) found.push({ step, scope, runs: 'no', why: 'its loop has no items' });
  let now: readonly Kept[] = [kept];
  for (const [index, value] of said.value.entries()) {
    const own = { ...walk, frame: { ...frame, item: { value, index } } };
    now = distinct(now.flatMap((each) => walkOnce(step, own, each)));
    walk.seen.push(...now);
  }
  return now;
}

function walkOnce(step: PlannedStep, walk: Walk, kept: Kept): readonly Kept[] {
  const { frame, isSure, found } = walk;
  const scope = scopeWith(walk, kept, frame);
  found.push({ step, scope, runs: isSure ? 'yes' : 'maybe' });
  const { does } = step;
  if (does.type === 'set') return [withValues(does.values, kept, scope)];
  if (does.type === 'block') return walkBlock(does, walk, kept);
  if (does.type === 'task') return walkTask(does, walk, kept);
  return [kept];
}

/** All values are made of what was known before the step. */
function withValues(values: Readonly<Record<string, Value>>, kept: Kept, scope: Scope): Kept {
  const own = Object.entries(values).map(([name, data]): [string, Value] => {
    const said = valueFrom(data, scope);
    return [name, 'value' in said ? said.value : unknownValue];
  });
  return new Map([...kept, ...own]);
}

function walkBlock(
  { steps, rescue, always }: Extract<Doing, { type: 'block' }>,
  walk: Walk,
  kept: Kept,
): readonly Kept[] {
  const seen: Kept[] = [kept];
  const unsure = { ...walk, seen, isSure: false };
  const done = walkList(steps, { ...walk, seen, isSure: walk.isSure && rescue.length === 0 }, [kept]);
  const rescued = rescue.length === 0 ? [] : walkList(rescue, unsure, distinct(seen));
  const ends = distinct([...done, ...rescued]);
  walk.seen.push(...seen);
  if (always.length === 0) return ends;
  const failed = distinct(seen).filter((each) => !ends.includes(each));
  if (failed.length > 0) walkList(always, { ...unsure, seen: [...seen] }, failed);
  return walkList(always, walk, ends);
}

/** Steps of another file: those of the implementations that can be the first whose condition holds. */
function walkTask(does: Extract<Doing, { type: 'task' }>, walk: Walk, kept: Kept): readonly Kept[] {
  const context = { ...walk.node.context, kept: new Map(kept) };
  const inside = insideTask(does, { context, frame: walk.frame });
  if ('message' in inside) return [kept];
  const ends: Kept[] = [];
  let { isSure } = walk;
  for (const { when, steps } of does.implementations) {
    const wanted = when === undefined ? { value: true } : holds(when, scopeOf(context, inside.value));
    if ('value' in wanted && !wanted.value) continue;
    isSure &&= 'value' in wanted;
    ends.push(...walkList(steps, { ...walk, frame: inside.value, isSure }, [kept]));
    if ('value' in wanted) return ends;
  }
  return [kept, ...ends];
}

/** A variable that has the end of a step is known when that ends. */
function registered({ register }: PlannedStep, ends: readonly Kept[]): readonly Kept[] {
  return register === undefined
    ? ends
    : distinct(ends.map((kept) => new Map([...kept, [register, unknownValue]])));
}

function scopeWith({ node: { context } }: Walk, kept: Kept, frame: Frame): Scope {
  return scopeOf({ ...context, kept: new Map(kept) }, frame);
}

function mistakeOf(said: Said<unknown>): string | undefined {
  return 'message' in said && said.later === undefined ? said.message : undefined;
}
