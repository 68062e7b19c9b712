import type { LoadedSource } from '../../../../core/inventory/merge/unite.ts';
import { parseMuster } from '../../../../core/inventory/muster/parseMuster.ts';
import { type InventoryPart } from '../../../../core/inventory/part.ts';
import { defaultPriority } from '../../../../core/inventory/source.ts';
import { hasErrors } from '../../../../core/util/problem.ts';

/** A source as the engine loads it, from the text of an `inventory.yaml`. */
export function source(path: string, text: string, priority = defaultPriority): LoadedSource {
  const { part } = parseMuster(text, { source: path, resolvePath: (inner) => `/ws/${inner}` });
  return sourceOf(path, part, priority);
}

/** A source as the engine loads it, from what a parser gave. */
export function sourceOf(path: string, part: InventoryPart, priority = defaultPriority): LoadedSource {
  return {
    part,
    priority,
    state: {
      id: path,
      type: 'muster',
      ref: { type: 'muster', path },
      status: hasErrors(part.problems) ? 'refused' : 'ok',
      nodes: part.nodes.length,
      groups: part.groups.length,
      files: [path],
      readAt: 0,
      approvals: [],
    },
  };
}

/** The same for what an Ansible inventory says. */
export function ansibleSource(path: string, part: InventoryPart): LoadedSource {
  const loaded = sourceOf(path, part);
  return { ...loaded, state: { ...loaded.state, type: 'ansible' } };
}
