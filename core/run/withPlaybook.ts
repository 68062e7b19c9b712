import type { Compiled } from '../playbook/compile.ts';
import type { Action } from './action.ts';
import type { PlanRequest } from './plan.ts';
import type { Limits } from './strategy.ts';

export type ReadPlaybook = Extract<Compiled, { ok: true }>;

/** The request with what the playbook says where a person does not. */
export function withPlaybook(request: PlanRequest, playbook: ReadPlaybook | undefined): PlanRequest {
  const { action, selection, pick, strategy, limits } = request;
  if (action.type !== 'playbook' || !playbook) return request;
  const { loaded, asks } = playbook;
  const { targets = '', order, timeoutMs } = asks;
  return {
    ...request,
    action: { ...action, loaded },
    selection: selection.trim() === '' && request.groups === undefined ? targets : selection,
    ...((order !== undefined || pick) && { pick: { ...(order !== undefined && { order }), ...pick } }),
    strategy: { ...asks.strategy, ...(strategy?.waves && { mode: 'rolling' }), ...strategy },
    ...(asks.items && { items: asks.items }),
    limits: { ...(timeoutMs !== undefined && { timeoutMs }), ...limits },
  };
}

/** Trying a playbook again begins at its first step: only where nothing can have run. */
export function limitsFor({ type }: Action, limits: Limits): Limits {
  const { retries, ...rest } = limits;
  if (type !== 'playbook' || !retries) return limits;
  const on = retries.on.filter((kind) => kind === 'unreachable');
  return on.length === 0 ? rest : { ...rest, retries: { ...retries, on } };
}
