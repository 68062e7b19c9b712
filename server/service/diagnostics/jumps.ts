import { nearestNode } from '../../../core/util/nearestNode.ts';
import { didYouMean } from '../../../core/util/problem.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Jump hosts that are no nodes, and nearly the name of one. */
export function* jumpFindings({ document, workspace, occurrences }: Subject): Iterable<Finding> {
  for (const { kinds, name, role, path, range } of occurrences) {
    if (role !== 'reference' || !kinds.includes('node') || !path.includes('jump')) continue;
    const indexes = [document.index.nodes, workspace.inventory.nodes];
    if (indexes.some((nodes) => nodes.has(name))) continue;
    const near = nearestNode(
      name,
      indexes.flatMap((nodes) => [...nodes.keys()]),
    );
    if (near === undefined) continue;
    yield {
      code: 'inventory/unknown-jump',
      message: `There is no node "${name}", so it is taken for a host name. ${didYouMean(near)}`,
      range,
      repairs: [{ title: `Change to "${near}"`, edits: [{ range, newText: near }] }],
    };
  }
}
