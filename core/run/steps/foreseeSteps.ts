import type { Doing, LoadedPlaybook, PlannedStep } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { hiddenValue, unknownValue } from '../../playbook/template/later.ts';
import type { Value } from '../../schema/value.ts';
import type { Frame } from './context.ts';
import type { Foreseen } from './foresee.ts';
import { type Insides, insideTask } from './foreseeTask.ts';
import { distinct, type Kept, oneWay } from './keptBefore.ts';
import { noLoop } from './noLoop.ts';
import { holds, type Said, type ScopeContext, scopeOf, valueFrom } from './scope.ts';

/** A step that a node would come to, with what its templates can look up before anything runs. */
export type ForeseenStep = {
  readonly step: PlannedStep;
  readonly scope: Scope;
  /** Whether it is done: `maybe` where that is decided when it runs, `once` where one node does it for all. */
  readonly runs: 'yes' | 'once' | 'maybe' | 'no';
  /** Why it is not done. */
  readonly why?: string;
  /** What is wrong with its condition, its loop or its parameters, whatever comes of other steps. */
  readonly mistake?: string;
};

/** A list of steps that is gone through: where that is, and what it leaves behind. */
type Walk = {
  readonly node: Foreseen;
  readonly frame: Frame;
  /** Every node comes here, unless a step before has failed; and a failure here is one of the whole. */
  readonly isSure: boolean;
  /** One node is here for all. */
  readonly isOnce: boolean;
  /** What becomes of the ways in which variables can come out, where they meet. */
  readonly join: (ways: readonly Kept[]) => readonly Kept[];
  readonly found: ForeseenStep[];
  /** Variables as they were after each step: a failure can come at any of them. */
  readonly seen: Kept[];
};

/**
 * Every step that a node may come to, and those inside of them: in a loop once for each item, and where a condition is
 * decided later once for each way in which variables that steps set can come out.
 */
export function foreseeSteps(loaded: LoadedPlaybook, node: Foreseen): readonly ForeseenStep[] {
  return walkAll(loaded, node, distinct);
}

/** The same once for all ways: a variable that can come out in several is one that is not known. */
export function foreseeOneWay(loaded: LoadedPlaybook, node: Foreseen): readonly ForeseenStep[] {
  return walkAll(loaded, node, oneWay);
}

function walkAll(loaded: LoadedPlaybook, node: Foreseen, join: Walk['join']): readonly ForeseenStep[] {
  // Steps before the one that it starts at count as skipped.
  const first: Kept = new Map((loaded.before?.registers ?? []).map((name) => [name, unknownValue]));
  const walk: Walk = { node, frame: node.frame, isSure: true, isOnce: false, join, found: [], seen: [first] };
  let ends = walkList(loaded.steps, walk, [first]);
  for (const handler of loaded.handlers)
    ends = join([...ends, ...walkList([handler], { ...walk, isSure: false }, ends)]);
  walkList(loaded.finally, walk, join(walk.seen));
  return walk.found;
}

/** What variables can be after all of the steps. */
function walkList(steps: readonly PlannedStep[], walk: Walk, before: readonly Kept[]): readonly Kept[] {
  let now = before;
  for (const step of steps) {
    const isSure = walk.isSure && now.length === 1;
    now = walk.join(now.flatMap((kept) => walkStep(step, { ...walk, isSure }, kept)));
    walk.seen.push(...now);
  }
  return now;
}

function walkStep(step: PlannedStep, walk: Walk, kept: Kept): readonly Kept[] {
  const { frame, found } = walk;
  const scope = scopeWith(walk, kept, frame);
  const wanted = step.when === undefined ? { value: true } : holds(step.when, scope);
  const after = (ends: readonly Kept[]): readonly Kept[] => registered(step, ends, walk);
  if ('value' in wanted && !wanted.value) {
    found.push({ step, scope, runs: 'no', why: 'its condition does not hold' });
    return after([kept]);
  }
  // A failure that is allowed is none.
  const isSure = walk.isSure && !step.ignoreErrors;
  const mistake = mistakeOf(wanted);
  if (mistake !== undefined) {
    found.push({ step, scope, runs: runsIn({ ...walk, isSure }), mistake });
    return [kept];
  }
  const isOnce = walk.isOnce || step.once === true;
  const inside = { ...walk, isOnce, isSure: isSure && 'value' in wanted };
  const ends =
    step.loop === undefined ? walkOnce(step, inside, { kept, known: scope }) : walkLoop(step, inside, kept);
  return after('value' in wanted ? ends : [kept, ...ends]);
}

function walkLoop(step: PlannedStep, walk: Walk, kept: Kept): readonly Kept[] {
  const { frame, found } = walk;
  const scope = scopeWith(walk, kept, frame);
  const said = valueFrom(step.loop as Value, scope);
  const isLater = 'value' in said && (said.value === unknownValue || said.value === hiddenValue);
  if (isLater) {
    const own = { ...frame, item: { value: unknownValue, index: 0 } };
    return [kept, ...walkOnce(step, { ...walk, frame: own, isSure: false }, { kept })];
  }
  if ('message' in said || !Array.isArray(said.value)) {
    const mistake = 'message' in said ? mistakeOf(said) : noLoop(step.loop as Value, said.value);
    found.push({ step, scope, runs: runsIn(walk), ...(mistake !== undefined && { mistake }) });
    return [kept];
  }
  if (said.value.length === 0) found.push({ step, scope, runs: 'no', why: 'its loop has no items' });
  let now: readonly Kept[] = [kept];
  for (const [index, value] of said.value.entries()) {
    const own = { ...walk, frame: { ...frame, item: { value, index } } };
    now = walk.join(now.flatMap((each) => walkOnce(step, own, { kept: each })));
    walk.seen.push(...now);
  }
  return now;
}

/** `known`: what the step can look up, where that has been made already. */
function walkOnce(
  step: PlannedStep,
  walk: Walk,
  { kept, known }: { kept: Kept; known?: Scope },
): readonly Kept[] {
  const { frame, found } = walk;
  const { does } = step;
  const scope = known ?? scopeWith(walk, kept, frame);
  const inside =
    does.type === 'task' ? insideTask(does, { context: contextWith(walk, kept), frame }) : undefined;
  const mistake = inside && mistakeOf(inside);
  found.push({ step, scope, runs: runsIn(walk), ...(mistake !== undefined && { mistake }) });
  if (does.type === 'set') return [withValues(does.values, kept, scope)];
  if (does.type === 'block') return walkBlock(does, walk, kept);
  return inside && 'value' in inside ? walkTask(inside.value, walk, kept) : [kept];
}

function runsIn({ isSure, isOnce }: Walk): ForeseenStep['runs'] {
  if (!isSure) return 'maybe';
  return isOnce ? 'once' : 'yes';
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
  const rescued = rescue.length === 0 ? [] : walkList(rescue, unsure, walk.join(seen));
  const ends = walk.join([...done, ...rescued]);
  walk.seen.push(...seen);
  if (always.length === 0) return ends;
  const failed = walk.join(seen).filter((each) => !ends.includes(each));
  if (failed.length > 0) walkList(always, { ...unsure, seen: [...seen] }, failed);
  return walkList(always, walk, ends);
}

/** Steps of another file: those of the implementations that can be the first whose condition holds. */
function walkTask({ ways, isDecided }: Insides, walk: Walk, kept: Kept): readonly Kept[] {
  const ends = ways.flatMap(({ steps, frame, isSure }) =>
    walkList(steps, { ...walk, frame, isSure: walk.isSure && isSure }, [kept]),
  );
  return isDecided ? ends : [kept, ...ends];
}

/** A variable that has the end of a step is known when that ends. */
function registered({ register }: PlannedStep, ends: readonly Kept[], { join }: Walk): readonly Kept[] {
  return register === undefined
    ? ends
    : join(ends.map((kept) => new Map([...kept, [register, unknownValue]])));
}

function scopeWith(walk: Walk, kept: Kept, frame: Frame): Scope {
  return scopeOf(contextWith(walk, kept), frame);
}

function contextWith({ node: { context } }: Walk, kept: Kept): ScopeContext {
  return { ...context, kept: new Map(kept) };
}

function mistakeOf(said: Said<unknown>): string | undefined {
  return 'message' in said && said.later === undefined ? said.message : undefined;
}
