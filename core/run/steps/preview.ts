import { allSteps } from '../../playbook/plannedStep.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { foreseeAll, type PlanOfSteps } from './foresee.ts';
import { type ForeseenStep, foreseeSteps } from './foreseeSteps.ts';
import { titleIn } from './scope.ts';
import { stepText } from './stepText.ts';

/** What a step would do on some nodes, as far as that is known before it runs. */
export type StepPreview = {
  readonly step: string;
  readonly title: string;
  readonly groups: readonly { readonly text: string; readonly nodes: readonly string[] }[];
};

/**
 * Every step of a playbook in its order, and those inside of it, with what it would do: nodes with the same together, and
 * each item of a loop by itself. Secrets are stars; nothing is contacted.
 */
export function previewSteps(plan: PlanOfSteps): readonly StepPreview[] {
  const loaded = loadedOf(plan.action);
  if (!loaded) return [];
  const steps = new Map<string, { title: string; groups: Map<string, Set<string>> }>();
  for (const node of foreseeAll(plan, loaded)) {
    for (const found of foreseeSteps(loaded, node)) {
      const { path } = found.step;
      const known = steps.get(path) ?? { title: titleOf(found), groups: new Map<string, Set<string>>() };
      steps.set(path, known);
      const text = previewText(found);
      const names = known.groups.get(text) ?? new Set();
      known.groups.set(text, names.add(node.name));
    }
  }
  const paths = new Set([...allSteps(loaded)].map(({ path }) => path));
  return [...paths].flatMap((step) => {
    const { title, groups } = steps.get(step) ?? {};
    const found = [...(groups ?? [])].map(([text, names]) => ({ text, nodes: [...names] }));
    return title === undefined ? [] : [{ step, title, groups: found }];
  });
}

/** Every text that nodes or servers would act on, each once. */
export function executedTexts(plan: PlanOfSteps): readonly string[] {
  const loaded = loadedOf(plan.action);
  const texts = new Set<string>();
  for (const node of loaded ? foreseeAll(plan, loaded) : []) {
    for (const { step, scope, runs } of loaded ? foreseeSteps(loaded, node) : []) {
      if (runs === 'no') continue;
      const { text, isExecuted } = stepText(step, scope);
      if (isExecuted) texts.add(text);
    }
  }
  return [...texts];
}

function titleOf({ step, scope }: ForeseenStep): string {
  return step.id === step.title ? step.title : titleIn(step, scope);
}

/** What a step would do and how, in a line. */
export function previewText({ step, scope, runs, why, mistake: own }: ForeseenStep): string {
  if (runs === 'no') return `skipped: ${why}`;
  const { text, facts, isWhole, mistake = own } = stepText(step, scope);
  const said = [text, ...facts].join(', ');
  if (mistake !== undefined) return `${said} (fails: ${mistake})`;
  return `${said}${isWhole ? '' : ' (known when it runs)'}${runs === 'maybe' && step.when !== undefined ? `, if ${step.when}` : ''}`;
}
