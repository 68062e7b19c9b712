import type { Doing, PlannedStep } from '../../playbook/plannedStep.ts';
import { renderCommand } from '../../playbook/template/render.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import type { Value } from '../../schema/value.ts';
import { addTo } from '../../util/lists.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { plural } from '../format.ts';
import { placingFacts } from '../actionText.ts';
import { foreseeAll, type PlanOfSteps } from './foresee.ts';
import { holds, scopeOf, textFrom } from './scope.ts';

/** What a step would do on some nodes, as far as that is known before it runs. */
export type StepPreview = {
  readonly step: string;
  readonly title: string;
  readonly groups: readonly { readonly text: string; readonly nodes: readonly string[] }[];
};

const later = 'known when it runs';

/** Every step of a playbook with what it would do, nodes with the same together. Secrets are stars; nothing is contacted. */
export function previewSteps(plan: PlanOfSteps): readonly StepPreview[] {
  const loaded = loadedOf(plan.action);
  if (!loaded) return [];
  const nodes = foreseeAll(plan, loaded);
  return [...flatten([...loaded.steps, ...loaded.handlers, ...loaded.finally])].map((step) => {
    const groups = new Map<string, string[]>();
    for (const { context, frame, name } of nodes) addTo(groups, textOn(step, scopeOf(context, frame)), name);
    const found = [...groups].map(([text, names]) => ({ text, nodes: names }));
    return { step: step.path, title: step.title, groups: found };
  });
}

/** Steps inside of tasks have parameters of their own, which are not known before. */
function* flatten(steps: readonly PlannedStep[]): Iterable<PlannedStep> {
  for (const step of steps) {
    yield step;
    if (step.does.type === 'block')
      yield* flatten([...step.does.steps, ...step.does.rescue, ...step.does.always]);
  }
}

function textOn(step: PlannedStep, scope: Scope): string {
  const wanted = step.when === undefined ? { value: true } : holds(step.when, scope);
  if ('value' in wanted && !wanted.value) return 'skipped: its condition does not hold';
  const inside = step.loop === undefined ? scope : withItem(step.loop, scope);
  const on = step.delegate === undefined ? '' : `, on ${textOr(step.delegate, inside)}`;
  const text = `${doingText(step.does, inside)}${on}`;
  return 'message' in wanted ? `${text}, if ${step.when}` : text;
}

/** The first item stands for all. */
function withItem(loop: NonNullable<PlannedStep['loop']>, scope: Scope): Scope {
  const [first] = Array.isArray(loop) ? (loop as readonly Value[]) : [];
  return first === undefined ? scope : new Map([...scope, ['item', first], ['index', 0]]);
}

function doingText(does: Doing, scope: Scope): string {
  switch (does.type) {
    case 'run': {
      const rendered = renderCommand(does.command, scope, does.shell);
      return rendered.ok ? rendered.text : `${does.command} (${later})`;
    }
    case 'script':
      return [does.from, ...does.args].map((text) => textOr(text, scope)).join(' ');
    case 'copy':
    case 'template': {
      const from = [does.from].flat().map((text) => textOr(text, scope));
      return [`${does.type} ${from.join(', ')} to ${textOr(does.to, scope)}`, ...placingFacts(does)].join(
        ', ',
      );
    }
    case 'ansible':
      return [`ansible-playbook ${textOr(does.from, scope)}`, ...ansibleFacts(does)].join(', ');
    case 'fetch':
      return `fetch ${does.from.map((text) => textOr(text, scope)).join(', ')} to ${textOr(does.to, scope)}`;
    case 'wait-command':
      return `wait for ${does.command}`;
    case 'wait-port':
      return `wait for port ${does.port} of ${textOr(does.host, scope)}`;
    case 'wait-time':
      return `wait ${does.ms / 1000} s`;
    case 'http':
      return `${does.request.method} ${does.request.service === undefined ? '' : `${does.request.service}: `}${textOr(does.request.url, scope)}`;
    case 'pause':
      return `ask: ${textOr(does.message, scope)}`;
    case 'fail':
      return `fail: ${textOr(does.message, scope)}`;
    case 'set':
      return `set ${Object.keys(does.values).join(', ')}`;
    case 'block':
      return 'block';
    case 'task':
      return `task of ${does.implementations.map(({ steps }) => plural(steps.length, 'step')).join(' or ')}`;
  }
}

function textOr(source: string, scope: Scope): string {
  const said = textFrom(source, scope);
  return 'value' in said ? said.value : `${source} (${later})`;
}

function ansibleFacts({ vars, tags, check }: Extract<Doing, { type: 'ansible' }>): readonly string[] {
  const names = Object.keys(vars);
  return [
    ...(names.length === 0 ? [] : [`with ${names.join(', ')}`]),
    ...(tags.length === 0 ? [] : [`tags ${tags.join(', ')}`]),
    ...(check ? ['changing nothing'] : []),
  ];
}
