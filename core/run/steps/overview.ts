import { executionName } from '../executionName.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import type { BatchState, ExecutionState } from '../state.ts';
import type { StepState } from '../stepState.ts';
import { type Outline, outlineOf, placeIn } from './outline.ts';
import { unreachedSteps } from './unreached.ts';

/** What became of a step on one node, what is to be looked at last; of a loop, of all its items together. */
export const stepFates = [
  'skipped', 'wouldRun', 'ok', 'changed', 'unreached', 'ignored', 'rescued', 'unfinished', 'failed',
] as const; // prettier-ignore
export type StepFate = (typeof stepFates)[number];

/** A step on all nodes of a batch. */
export type StepRow = {
  readonly title: string;
  /** How many steps it is inside of. */
  readonly depth: number;
  /** Names of executions by what became of it there; empty for a block, which only has steps inside. */
  readonly nodes: Readonly<Partial<Record<StepFate, readonly string[]>>>;
  /** Milliseconds that it took at most, an item of a loop by itself. */
  readonly slowestMs: number;
};

type Draft = {
  title: string;
  readonly depth: number;
  readonly nodes: Partial<Record<StepFate, string[]>>;
  slowestMs: number;
};

/** Every step that some node has come to, or would have, in the order of the playbook. */
export function stepOverview(state: BatchState): readonly StepRow[] {
  const loaded = loadedOf(state.plan.action);
  const outline = outlineOf(loaded);
  const rows = new Map<string, Draft>();
  const rowOf = (path: string, title: string): Draft => {
    const row = rows.get(path) ?? {
      title,
      depth: placeIn(outline, path).above.length,
      nodes: {},
      slowestMs: 0,
    };
    rows.set(path, row);
    return row;
  };
  for (const execution of state.executions) {
    const name = executionName(execution);
    for (const [path, fate] of fatesOf(execution)) {
      const title = titleOf(path, execution, outline);
      const row = rowOf(path, title);
      // What it says of a node is not for all of them.
      if (row.title !== title) row.title = outline.get(path)?.step.title ?? row.title;
      (row.nodes[fate] ??= []).push(name);
    }
    for (const { step, startedAt, endedAt = startedAt } of execution.steps ?? []) {
      const row = rows.get(step);
      if (row) row.slowestMs = Math.max(row.slowestMs, endedAt - startedAt);
    }
    for (const { path, title } of unreachedSteps(loaded, execution))
      (rowOf(path, title).nodes.unreached ??= []).push(name);
  }
  for (const path of rows.keys())
    for (const { path: above, title } of placeIn(outline, path).above) rowOf(above, title);
  return [...rows].toSorted(byPlace(outline)).map(([, row]) => row);
}

/** Of items of a loop the worst counts. */
function fatesOf({ steps = [] }: ExecutionState): ReadonlyMap<string, StepFate> {
  const found = new Map<string, StepFate>();
  const rank = (fate: StepFate | undefined): number => (fate === undefined ? -1 : stepFates.indexOf(fate));
  for (const step of steps) {
    const fate = fateOf(step);
    if (rank(fate) > rank(found.get(step.step))) found.set(step.step, fate);
  }
  return found;
}

export function fateOf({ status, changed, ignored, rescued, wouldRun }: Fated): StepFate {
  if (wouldRun) return 'wouldRun';
  if (status === 'running') return 'unfinished';
  if (status === 'failed') return ignored ? 'ignored' : rescued ? 'rescued' : 'failed';
  return status === 'ok' && changed ? 'changed' : status;
}

type Fated = Pick<StepState, 'status' | 'changed' | 'ignored' | 'rescued' | 'wouldRun'>;

/** What a person sees of it; of a loop, without its items. */
function titleOf(path: string, { steps = [] }: ExecutionState, outline: Outline): string {
  const own = steps.find(({ step }) => step === path);
  const planned = outline.get(path)?.step.title;
  return (own?.iteration === undefined ? own?.title : planned) ?? planned ?? path;
}

/** As in the playbook; what a step has made by itself comes behind it, in the order in which it came. */
function byPlace(
  outline: Outline,
): (one: readonly [string, Draft], other: readonly [string, Draft]) => number {
  const places = new Map([...outline.keys()].map((path, at) => [path, at]));
  const place = (path: string): number => {
    const at = path.lastIndexOf('/');
    return places.get(path) ?? (at < 0 ? places.size : place(path.slice(0, at)) + 0.5);
  };
  return ([one], [other]) => place(one) - place(other);
}
