import type { LoadedPlaybook } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { unknownValue } from '../../playbook/template/later.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { type Foreseen, foreseeAll, type PlanOfSteps } from './foresee.ts';
import { type ForeseenStep, foreseeOneWay } from './foreseeSteps.ts';
import { holds } from './scope.ts';
import { serviceMistake } from './serviceMistake.ts';
import { stepText } from './stepText.ts';

/** A mistake in a step that is known before it runs. */
export type StepMistake = {
  /** Path of the step; undefined where it is about the variables of the playbook. */
  readonly step?: string;
  /** The name that somebody gave the step. */
  readonly name?: string;
  readonly message: string;
  /** Executions that would fail by it, by their names. */
  readonly nodes: readonly string[];
  /** Whether they fail by it whatever comes of other steps; else only where they come to it. */
  readonly isCertain: boolean;
};

/** What looks at a step beside its own texts, such as the text of a file that it fills in. */
export type StepCheck = (found: ForeseenStep, loaded: LoadedPlaybook) => string | undefined;

/** Everything that is wrong with steps on any node before they run; each mistake once. */
export function stepMistakes(plan: PlanOfSteps, check: StepCheck = ownMistake): readonly StepMistake[] {
  const loaded = loadedOf(plan.action);
  if (!loaded) return [];
  const found = new Map<string, Gathered>();
  for (const node of foreseeAll(plan, loaded))
    for (const mistake of mistakesOn(node, loaded, check)) {
      const key = JSON.stringify([mistake.step, mistake.message]);
      const known = found.get(key) ?? { ...mistake, on: new Map() };
      found.set(key, known);
      const before = known.on.get(node.name);
      known.on.set(node.name, before === 'yes' ? before : mistake.runs);
    }
  return [...found.values()].map((each) => settled(each, plan.executions.length));
}

type OnNode = Pick<StepMistake, 'step' | 'name' | 'message'> & { readonly runs: 'yes' | 'once' | 'maybe' };
type Gathered = OnNode & { readonly on: Map<string, OnNode['runs']> };

function mistakesOn(node: Foreseen, loaded: LoadedPlaybook, check: StepCheck): readonly OnNode[] {
  if (node.mistake !== undefined) return [{ message: node.mistake, runs: 'yes' }];
  return foreseeOneWay(loaded, node).flatMap((found): OnNode[] => {
    const { step, runs } = found;
    if (runs === 'no') return [];
    const judged = judgeMistake(found);
    const message = judged ?? check(found, loaded);
    if (message === undefined) return [];
    // What a condition makes of a failure is not known.
    const isJudged = judged === undefined && found.mistake === undefined && step.failedWhen !== undefined;
    const named = step.isNamed ? { name: step.title } : {};
    return [{ step: step.path, ...named, message, runs: isJudged ? 'maybe' : runs }];
  });
}

function ownMistake(found: ForeseenStep, loaded: LoadedPlaybook): string | undefined {
  return found.mistake ?? stepText(found.step, found.scope).mistake ?? serviceMistake(found, loaded);
}

/** What is wrong with the conditions on its result. */
function judgeMistake({ step, scope }: ForeseenStep): string | undefined {
  const { does, failedWhen, changedWhen, until } = step;
  if (does.type === 'block' || does.type === 'task') return undefined;
  for (const condition of [failedWhen, changedWhen, until]) {
    if (condition === undefined) continue;
    const after: Scope = new Map([...scope, ['result', unknownValue]]);
    const said = holds(condition, after);
    if ('message' in said && said.later === undefined) return said.message;
  }
  return undefined;
}

/** Which node does what one does for all is not known: it fails where it would fail on every one. */
function settled({ on, runs: _first, ...about }: Gathered, count: number): StepMistake {
  const sure = [...on].filter(([, runs]) => runs === 'yes').map(([name]) => name);
  const isOnAll = on.size === count && [...on.values()].every((runs) => runs !== 'maybe');
  const isCertain = sure.length > 0 || isOnAll;
  const nodes = isCertain && !isOnAll ? sure : [...on.keys()];
  return { ...about, nodes, isCertain };
}
