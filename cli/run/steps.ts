import type { StepResult } from '../../core/export/steps.ts';
import type { StepState } from '../../core/run/stepState.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type Line, span } from '../terminal/style.ts';

/** What became of a step of a playbook on a node: `    changed install`, `    failed  health: exit 3`. */
export function stepLine(step: Shown): Line {
  const message = step.message === '' ? '' : `: ${step.message}`;
  const facts = [
    ...(step.attempts > 1 ? [`attempt ${step.attempts}`] : []),
    ...(step.ignored ? ['ignored'] : []),
    ...(step.on === undefined ? [] : [`by ${step.on}`]),
  ];
  const rest = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return [
    span(`    ${wordOf(step).padEnd(8)}`, step.status === 'failed' ? 'bold' : 'muted'),
    span(escapeLine(`${step.title}${message}${rest}`)),
  ];
}

type Shown = StepState | StepResult;

function wordOf({ status, changed }: Shown): string {
  return status === 'ok' && changed ? 'changed' : status;
}
