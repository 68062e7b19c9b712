import type { ApprovalRequest } from '../inventory/source.ts';
import { type Plan, warnAbove } from '../run/plan.ts';
import { foldForDisplay } from '../selection/nodeset.ts';

/** Who asks, as far as rules care. */
export type Subject = {
  user: string;
  trusted: boolean;
  /** Targets that would act on this machine in a way that nobody has allowed yet, and what it is. */
  held: readonly { readonly node: string; readonly request: ApprovalRequest }[];
};

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
  if (subject.held.length > 0) return { type: 'deny', reason: heldReason(subject.held) };
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

/** What waits for a person's yes, by what it is: `build runs on this machine (.muster/inventory.yaml)`. */
function heldReason(held: Subject['held']): string {
  const byRequest = new Map<string, { request: ApprovalRequest; nodes: string[] }>();
  for (const { node, request } of held) {
    const known = byRequest.get(request.id) ?? { request, nodes: [] };
    known.nodes.push(node);
    byRequest.set(request.id, known);
  }
  const parts = [...byRequest.values()].map(({ request, nodes }) => {
    const names = foldForDisplay(nodes);
    if (request.kind === 'local-nodes') return `${names} would run on this machine (${request.path})`;
    return `${names} would be reached by a command on this machine, ${JSON.stringify(request.what)} (${request.path})`;
  });
  return `${parts.join('; ')}. Nobody has allowed that yet: run "muster trust".`;
}
