import type { Problem } from '../util/problem.ts';
import { nameProblem, hostProblem } from './address.ts';
import { findCycles } from './cycles.ts';
import type { Finder } from './finder.ts';
import { problemAt } from './finder.ts';
import type { InventoryNode } from './model.ts';
import type { NodeDraft } from './nodes.ts';

type Read = { readonly drafts: ReadonlyMap<string, NodeDraft>; readonly finder: Finder };

/** What is wrong with nodes once defaults are known: names that are no hosts, folders of ssh nodes, jump cycles. */
export function checkNodes(nodes: readonly InventoryNode[], { drafts, finder }: Read): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<number>();
  for (const { name, connection } of nodes) {
    const draft = drafts.get(name);
    if (!draft || connection.transport === 'local' || seen.has(draft.range.start)) continue;
    seen.add(draft.range.start);
    const host = connection.host === name && !nameProblem(name) ? hostProblem(name) : undefined;
    if (host) {
      const fix = 'Give the node a "host".';
      problems.push(problemAt(draft.range, { code: 'inventory/host', message: host.message, fix }));
    }
    if (draft.settings.cwd !== undefined) problems.push(folderProblem(finder, draft));
  }
  return [...problems, ...jumpCycles(nodes, { drafts, finder })];
}

function folderProblem(finder: Finder, draft: NodeDraft): Problem {
  const message = '"cwd" is for nodes with "transport: local".';
  return problemAt(finder.at([...draft.path, 'cwd'], 'key'), {
    code: 'inventory/cwd',
    message,
    fix: 'Take it out.',
  });
}

function jumpCycles(nodes: readonly InventoryNode[], { drafts, finder }: Read): Problem[] {
  const jumps = new Map(nodes.map((node) => [node.name, node.connection.jump]));
  return findCycles(jumps.keys(), (name) => jumps.get(name)?.filter((hop) => jumps.has(hop)) ?? []).map(
    (cycle) => {
      const [first = '', second = ''] = cycle;
      const draft = drafts.get(first);
      const path = draft?.settings.jump ? [...draft.path, 'jump'] : ['defaults', 'jump'];
      const message = `Node "${first}" is reached through itself: ${cycle.join(' → ')}.`;
      const fix = 'Take one of the jumps out.';
      return problemAt(finder.item(path, second), { code: 'inventory/jump-cycle', message, fix });
    },
  );
}
