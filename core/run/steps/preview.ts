import { type Doing, stepsInOrder } from '../../playbook/plannedStep.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { foreseeAll, type PlanOfSteps } from './foresee.ts';
import { type ForeseenStep, foreseeSteps } from './foreseeSteps.ts';
import { titleIn } from './scope.ts';
import { stepText } from './stepText.ts';

/** What a step would do on some executions, as far as that is known before it runs. */
export type PreviewGroup = {
  /** What it does and how; what is not known yet is as it is written, and secrets are stars. */
  readonly text: string;
  /** Executions by their names; in a loop, each item has a group. */
  readonly nodes: readonly string[];
  readonly runs: ForeseenStep['runs'];
  /** Whether nothing of it waits for the run. */
  readonly isKnown: boolean;
  /** Where `runs` is `no`: why it is skipped. */
  readonly why?: string;
  /** Where that is decided when it runs: its own condition. */
  readonly when?: string;
  /** Why it would fail. */
  readonly mistake?: string;
  /** The node that does it for them. */
  readonly on?: string;
};

/** A step, and what it would do where. */
export type StepPreview = {
  readonly step: string;
  /** Its name, else its id or what it is made of. */
  readonly title: string;
  /** Somebody gave it the name. */
  readonly isNamed: boolean;
  readonly kind: Doing['type'];
  /** How many steps it is inside of. */
  readonly depth: number;
  /** What it is for, where it is no usual step. */
  readonly part?: 'rescue' | 'always' | 'handlers' | 'finally';
  /** One node does it, or one person is asked, for all. */
  readonly once?: true;
  readonly groups: readonly PreviewGroup[];
};

/**
 * Every step of a playbook in its order, and those inside of it, with what it would do: nodes with the same together, and
 * each item of a loop by itself. Secrets are stars; nothing is contacted.
 */
export function previewSteps(plan: PlanOfSteps): readonly StepPreview[] {
  const loaded = loadedOf(plan.action);
  if (!loaded) return [];
  const found = new Map<string, Gathered>();
  for (const node of foreseeAll(plan, loaded))
    for (const each of foreseeSteps(loaded, node)) gather(found, each, node.name);
  return [...stepsInOrder(loaded)].flatMap(({ step, depth, part }): StepPreview[] => {
    const known = found.get(step.path);
    if (!known) return [];
    const [title = step.title] = known.titles.size === 1 ? known.titles : [];
    return [
      {
        step: step.path,
        title,
        isNamed: step.isNamed === true,
        kind: step.does.type,
        depth,
        ...(part && { part }),
        ...((step.once === true || step.does.type === 'pause') && { once: true as const }),
        groups: [...known.groups.values()].map(({ nodes, ...group }) => ({ ...group, nodes: [...nodes] })),
      },
    ];
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

type Group = Omit<PreviewGroup, 'nodes'>;
type Gathered = {
  readonly titles: Set<string>;
  readonly groups: Map<string, Group & { readonly nodes: Set<string> }>;
};

function gather(found: Map<string, Gathered>, each: ForeseenStep, node: string): void {
  const { step, scope } = each;
  const known = found.get(step.path) ?? { titles: new Set(), groups: new Map() };
  found.set(step.path, known);
  if (known.titles.size < 2) known.titles.add(step.id === step.title ? step.title : titleIn(step, scope));
  const group = groupOf(each);
  const key = JSON.stringify(group);
  const same = known.groups.get(key) ?? { ...group, nodes: new Set() };
  known.groups.set(key, same);
  same.nodes.add(node);
}

/** What a step would do on the nodes that are for it. */
export function groupOf({ step, scope, runs, why, mistake: own }: ForeseenStep): Group {
  if (runs === 'no') return { text: '', runs, isKnown: true, ...(why !== undefined && { why }) };
  const { text, facts, isWhole, on, mistake = own } = stepText(step, scope);
  return {
    text: [text, ...facts].filter((part) => part !== '').join(', '),
    runs,
    isKnown: isWhole,
    ...(runs === 'maybe' && step.when !== undefined && { when: step.when }),
    ...(mistake !== undefined && { mistake }),
    ...(on !== undefined && { on }),
  };
}
