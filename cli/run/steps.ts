import type { StepState } from '../../core/run/stepState.ts';
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
