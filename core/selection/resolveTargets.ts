import type { InventoryIndex } from '../inventory/model.ts';
import { hasErrors, type Problem } from '../util/problem.ts';
import { parseSelection } from './parse.ts';
import type { Pick } from './pick.ts';
import { pickNodes } from './pickNodes.ts';
import { resolveSelection, type ResolveOptions } from './resolve.ts';

/** Everything that says which nodes are meant. */
export type TargetQuery = {
  readonly selection: string;
  /** Groups from ticks, saved selections or the API, beside the expression. */
  readonly groups?: readonly string[] | undefined;
  readonly pick?: Pick | undefined;
};

export type TargetOptions = {
  readonly files?: ResolveOptions['files'];
  /** Order where the query names none. */
  readonly order?: 'inventory' | 'selection';
  /** Of shuffle and sample, where the query names none. */
  readonly seed: number;
};

export type Targets = { readonly nodes: readonly string[]; readonly problems: readonly Problem[] };

/**
 * The nodes that an expression and groups stand for, in order. None where a problem is an error. A group that is gone is
 * left out with a warning: it was right when it was ticked or saved.
 */
export function resolveTargets(query: TargetQuery, index: InventoryIndex, options: TargetOptions): Targets {
  const parsed = parseSelection(query.selection);
  if (!parsed.selection || hasErrors(parsed.problems)) return { nodes: [], problems: parsed.problems };
  const asked = query.pick?.order;
  const order = asked === 'selection' || asked === 'inventory' ? asked : (options.order ?? 'inventory');
  const resolved = resolveSelection(parsed.selection, index, {
    order,
    ...(options.files && { files: options.files }),
  });
  const found = new Set(resolved.nodes);
  const gone: string[] = [];
  for (const group of query.groups ?? []) {
    if (!index.groups.has(group)) gone.push(group);
    for (const node of index.members(group)) found.add(node);
  }
  const problems = [...parsed.problems, ...resolved.problems, ...gone.map(goneProblem)];
  if (hasErrors(problems)) return { nodes: [], problems };
  const nodes =
    order === 'selection' ? [...found] : [...index.nodes.keys()].filter((name) => found.has(name));
  if (!query.pick) return { nodes, problems };
  const picked = pickNodes(nodes, query.pick, options.seed);
  return { nodes: picked.nodes, problems: [...problems, ...picked.problems] };
}

function goneProblem(group: string): Problem {
  const message = `There is no group "${group}" any more: it is left out.`;
  return { code: 'SELECTION_GROUP_GONE', severity: 'warning', message };
}
