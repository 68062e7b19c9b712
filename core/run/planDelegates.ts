import type { InventoryIndex, InventoryNode } from '../inventory/model.ts';
import { nearestNode } from '../util/nearestNode.ts';
import { meantOr, type Problem } from '../util/problem.ts';
import { blockedProblem } from './blocked.ts';
import type { Target } from './plan.ts';
import { delegatesOf } from './steps/delegates.ts';
import type { PlanOfSteps } from './steps/foresee.ts';
import { unsafeProblem } from './unsafe.ts';

/** The nodes beside the targets that steps of a plan are delegated to; refused like targets. */
export function planDelegates(
  plan: PlanOfSteps,
  index: InventoryIndex,
  targetFor: (node: InventoryNode) => Target,
): { readonly delegates: readonly Target[] } | { readonly problem: Problem } {
  const found = delegatesOf(plan);
  if ('message' in found)
    return { problem: { code: 'playbook/delegate', severity: 'error', message: found.message } };
  const unknown = found.nodes.find((node) => !index.nodes.has(node));
  if (unknown !== undefined) return { problem: unknownNode(unknown, index) };
  const blocked = blockedProblem(found.nodes, index);
  if (blocked) return { problem: blocked };
  const nodes = found.nodes.flatMap((node) => index.nodes.get(node) ?? []);
  const delegates = nodes.map(targetFor);
  const unsafe = unsafeProblem(delegates);
  return unsafe ? { problem: unsafe } : { delegates };
}

function unknownNode(node: string, index: InventoryIndex): Problem {
  const near = nearestNode(node, index.nodes.keys());
  const message = `A step is delegated to "${node}", which is no node.`;
  return {
    code: 'playbook/delegate',
    severity: 'error',
    message,
    ...meantOr(near, 'Name a node of the inventory.'),
  };
}
