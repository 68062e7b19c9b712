import { previewSteps } from '../../core/run/steps/preview.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { StepState } from '../../core/run/stepState.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type Line, span } from '../terminal/style.ts';

/** What became of each step of a playbook on a node, a line each: `  changed  install`, `  failed  health: exit 3`. */
export function stepLines(steps: readonly StepState[]): readonly Line[] {
  return steps.map((step) => {
    const word = wordOf(step);
    const message = step.message === '' ? '' : `: ${step.message}`;
    const facts = [
      ...(step.attempts > 1 ? [`attempt ${step.attempts}`] : []),
      ...(step.ignored ? ['ignored'] : []),
      ...(step.on === undefined ? [] : [`by ${step.on}`]),
    ];
    const rest = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
    const text = `${step.title}${message}${rest}`;
    return [
      span(`    ${word.padEnd(8)}`, step.status === 'failed' ? 'bold' : 'muted'),
      span(escapeLine(text)),
    ];
  });
}

function wordOf({ status, changed }: StepState): string {
  return status === 'ok' && changed ? 'changed' : status;
}

/** What each step would do and where, for a plan that is only looked at. */
export function previewLines(plan: Plan): readonly string[] {
  return previewSteps(plan).flatMap(({ step, groups }) => [
    `${step}:`,
    ...groups.map(({ text, nodes }) => {
      const where = nodes.length === plan.targets.length ? '' : `  [${foldForDisplay(nodes)}]`;
      return `  ${text.split('\n').join(' ⏎ ')}${where}`;
    }),
  ]);
}
