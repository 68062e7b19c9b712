import { allSteps, type LoadedPlaybook } from '../../playbook/plannedStep.ts';
import { onAbort } from '../../util/abort.ts';
import { overBudget } from '../failures.ts';
import type { Ledger } from '../ledger.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import type { Plan } from '../plan.ts';
import { createRow } from './row.ts';
import { allowedFailures, isFailure } from '../schedule/budget.ts';
import type { Strategy } from '../strategy.ts';

/** Keeps executions side by side: none begins a step before all others have ended those before it, or have ended. */
export type Lockstep = {
  /** These go together from now on. */
  begin(executions: readonly string[]): void;
  /** Waits until nobody is behind this step. Gives why nothing further begins, where too many have failed. */
  arrive(execution: string, path: string, signal: AbortSignal): Promise<string | undefined>;
  /** It has failed, and goes on to what comes at the end. */
  fail(execution: string): void;
  /** It has ended. */
  leave(execution: string, isFailure: boolean): void;
  /** Whether all who can still come to this step have joined. */
  isAlone(path: string, joined: { has(execution: string): boolean }): boolean;
  /** Hears whenever somebody has come further, or has ended. */
  onMove(listener: () => void): void;
};

/** For the executions of a plan; undefined where each goes straight through. */
export function lockstepOf(plan: Plan, ledger: Pick<Ledger, 'endOf' | 'outcomeOf'>): Lockstep | undefined {
  const loaded = loadedOf(plan.action);
  if (!plan.strategy.lockstep || !loaded) return undefined;
  const lockstep = createLockstep(loaded, plan.strategy, plan.executions.length);
  for (const { id } of plan.executions)
    onAbort(ledger.endOf(id), () => lockstep.leave(id, isFailure(ledger.outcomeOf(id)?.status ?? 'crashed')));
  return lockstep;
}

/** Steps count in the order of the plan, from 0: whoever goes back in a loop stays where it was. */
function createLockstep(loaded: LoadedPlaybook, strategy: Strategy, nodes: number): Lockstep {
  const places = new Map([...allSteps(loaded)].map(({ path }, place) => [path, place]));
  const lastPart = loaded.finally.map(({ path }) => places.get(path) ?? Infinity);
  const endsAt = Math.min(Infinity, ...lastPart);
  const row = createRow(places.size);
  const failed = new Set<string>();
  const tooMany = (): string | undefined => {
    const { stopOnFailure, maxFailures } = strategy;
    if (stopOnFailure && failed.size > 0) return 'stopped after the first failure';
    const isOver = maxFailures !== undefined && failed.size > allowedFailures(maxFailures, nodes);
    return isOver ? overBudget(failed.size, maxFailures, 'in the batch') : undefined;
  };
  return {
    begin: row.begin,
    async arrive(execution, path, signal) {
      const place = places.get(path) ?? 0;
      if (row.go(execution, place)) await row.whenNobodyIsBehind(place, signal);
      return place >= endsAt ? undefined : tooMany();
    },
    fail(execution) {
      failed.add(execution);
    },
    leave(execution, isFailure) {
      if (isFailure) failed.add(execution);
      row.leave(execution);
    },
    isAlone: (path, joined) => row.isAlone(places.get(path) ?? 0, joined),
    onMove: row.onMove,
  };
}
