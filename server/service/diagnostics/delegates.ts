import { didYouMean } from '../../../core/util/problem.ts';
import { nearestNode } from '../../../core/util/nearestNode.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';
import { newNode } from './targets.ts';

/** Steps that are given to a node that there is not; where the inventory is known, the engine would refuse the plan. */
export function* delegateFindings({ steps, workspace, range }: Subject): Iterable<Finding> {
  if (!workspace.isClosed) return;
  for (const step of steps) {
    const name = step.text('delegate');
    if (name === undefined || name.includes('{{') || workspace.inventory.nodes.has(name)) continue;
    const near = nearestNode(name, workspace.inventory.nodes.keys());
    const place = range([...step.path, 'delegate'], 'value');
    const change =
      near === undefined ? [] : [{ title: `Change to "${near}"`, edits: [{ range: place, newText: near }] }];
    yield {
      code: 'playbook/delegate',
      level: 'error',
      message: `The step is delegated to "${name}", which is no node. ${near === undefined ? 'Name a node of the inventory.' : didYouMean(near)}`,
      range: place,
      repairs: [...change, ...newNode(name, workspace)],
    };
  }
}
