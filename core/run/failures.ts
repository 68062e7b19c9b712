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
  const { stopOnFailure, maxFailures } = plan.strategy;
  const nodes = plan.executions.length;
  let total = 0;
  return {
    count({ status }) {
      if (!isFailure(status)) return;
      total++;
      if (stopOnFailure) {
        halts.endAll({ status: 'not-started', reason: 'stopped after the first failure' });
      } else if (maxFailures !== undefined && total > allowedFailures(maxFailures, nodes)) {
        halts.endWaiting({ status: 'not-started', reason: overBudget(total, maxFailures, 'in the batch') });
      }
    },
    total: () => total,
  };
}

/** Why nothing further starts: `3 failures, and only 5% of the nodes in the batch may fail`. */
export function overBudget(failures: number, allowance: Allowance, where: string): string {
  const count = `${failures} ${failures === 1 ? 'failure' : 'failures'}`;
  if (typeof allowance === 'string') return `${count}, and only ${allowance} of the nodes ${where} may fail`;
  if (allowance === 0) return `${count}, and none is allowed ${where}`;
  return `${count}, and only ${allowance} ${allowance === 1 ? 'is' : 'are'} allowed ${where}`;
}
