import type { Halts } from './halts.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import { type Allowance, allowedFailures, isFailure } from './schedule/budget.ts';

export type Failures = {
  /** Counts how an execution ended; ends the rest where the plan bears no more failures. */
  count(outcome: Outcome): void;
  total(): number;
};

/** Fail-fast and the failure budget of the whole batch. */
export function watchFailures(plan: Plan, halts: Halts): Failures {
  const { failFast, maxFailures } = plan.strategy;
  const nodes = plan.executions.length;
  let total = 0;
  return {
    count({ status }) {
      if (!isFailure(status)) return;
      total++;
      if (failFast) {
        halts.endAll({ status: 'not-started', reason: 'stopped after the first failure' });
      } else if (maxFailures !== undefined && total > allowedFailures(maxFailures, nodes)) {
        halts.endWaiting({ status: 'not-started', reason: overBudget(total, maxFailures, 'of the batch') });
      }
    },
    total: () => total,
  };
}

/** Why nothing further starts: `3 failures, more than the 5% of the batch that are allowed`. */
export function overBudget(failures: number, allowance: Allowance, ofWhat: string): string {
  const noun = failures === 1 ? 'failure' : 'failures';
  return `${failures} ${noun}, more than the ${allowance} ${ofWhat} that are allowed`;
}
