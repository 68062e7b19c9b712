import { type Plan, warnAbove } from '../run/plan.ts';

/** Who asks, as far as rules care. */
export type Subject = { user: string; trusted: boolean };

/** What the rules say about a plan. `confirm` is a fact for a person to weigh before the start. */
export type Decision =
  { type: 'allow' } | { type: 'confirm'; reasons: readonly string[] } | { type: 'deny'; reason: string };

/** The one place where a plan is allowed or not; every start passes it, from wherever it comes. */
export function authorize(plan: Plan, subject: Subject): Decision {
  if (!subject.trusted) {
    return {
      type: 'deny',
      reason: 'Restricted Mode: nothing connects and nothing runs until you trust this folder.',
    };
  }
  const count = plan.targets.length;
  if (count > warnAbove) {
    return { type: 'confirm', reasons: [manyNodes(count, warnAbove)] };
  }
  return { type: 'allow' };
}

/** The reason that a plan has more targets than is usual. A client with a limit of its own says it with that one. */
export function manyNodes(count: number, limit: number): string {
  return `This runs on ${count} nodes, more than ${limit}.`;
}
