import type { PlannedStep } from '../../playbook/plannedStep.ts';
import type { Value } from '../../schema/value.ts';
import type { Outcome } from '../outcome.ts';

/** What came of a step. */
export type StepEnd = {
  readonly status: 'ok' | 'failed' | 'skipped';
  /** Why, where it is not ok. */
  readonly outcome?: Outcome;
  /** Nothing can come after it on this node: it was stopped, or the node is gone. */
  readonly isLast?: true;
  /** Nothing can begin after it but what comes at the end. */
  readonly isHalted?: true;
  /** It was not done, only told: what would come of it is not known. */
  readonly isOpen?: true;
  readonly changed: boolean;
  readonly message: string;
  readonly exitCode?: number;
  /** Where it failed: the last line that it said, of stderr if there is one. */
  readonly lastLine?: string;
  readonly stdout: string;
  readonly stderr: string;
  /** What else templates can look up: `httpStatus`, `json`, `outputs`, `results`. */
  readonly more?: Readonly<Record<string, Value>>;
};

export const okEnd: StepEnd = { status: 'ok', changed: false, message: '', stdout: '', stderr: '' };

export function failedEnd(step: PlannedStep, message: string): StepEnd {
  return { ...okEnd, status: 'failed', message, outcome: { status: 'failed', step: step.path, message } };
}

/** As templates see it: outputs are without the ends of their last lines, as in `$(…)` of a shell. */
export function valueOfEnd({ status, changed, message, exitCode, stdout, stderr, more }: StepEnd): Value {
  return {
    status,
    ok: status === 'ok',
    failed: status === 'failed',
    skipped: status === 'skipped',
    changed,
    message,
    exitCode: exitCode ?? null,
    stdout: withoutLastEnd(stdout),
    stderr: withoutLastEnd(stderr),
    ...more,
  };
}

function withoutLastEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return text.slice(0, end);
}
