import type { TargetNode, Targets, TargetSet } from '../../core/protocol/targets.ts';
import type { TickBox } from '../../core/selection/tick.ts';
import { visible } from '../../core/util/visible.ts';
import type { NewRunView } from './view.ts';

/** A line of the list of targets. */
export type TargetRow = {
  readonly key: string;
  readonly box: TickBox;
  readonly depth: number;
  readonly label: string;
  readonly detail: string;
  /** Ticked only if all below are. */
  readonly ticked: boolean;
  /** `3/12`; nothing for a node. */
  readonly count: string;
  /** Undefined for a node. */
  readonly open: boolean | undefined;
  readonly isProtected: boolean;
  readonly isBlocked: boolean;
};

/** The lines of a tab, as the search and what is open leave them. */
export function targetRows(
  targets: Targets,
  { tab, search, open }: Pick<NewRunView, 'tab' | 'search' | 'open'>,
  ticked: ReadonlySet<string>,
): readonly TargetRow[] {
  const words = search.trim().toLowerCase();
  const context = { targets, ticked, words };
  if (tab === 'nodes') {
    return targets.nodes
      .filter((node) => fits(node, words))
      .map((node) => nodeRow(node, { depth: 0, below: '' }, context));
  }
  const kind = tab === 'tags' ? 'tag' : 'group';
  const sets = tab === 'tags' ? targets.tags : targets.groups;
  return sets.flatMap((set) =>
    setRows(set, { ...context, kind, isOpen: open.includes(`${kind} ${set.name}`) }),
  );
}

/** Nodes that a search finds in a tab: by themselves, or by the group or tag that they are in. */
export function nodesFound(
  targets: Targets,
  { tab, search }: Pick<NewRunView, 'tab' | 'search'>,
): readonly string[] {
  const words = search.trim().toLowerCase();
  const sets = tab === 'nodes' ? [] : tab === 'tags' ? targets.tags : targets.groups;
  const named = sets.filter(({ name }) => name.toLowerCase().includes(words));
  const places = new Set(named.flatMap(({ nodes }) => nodes));
  return targets.nodes.flatMap((node, at) => (places.has(at) || fits(node, words) ? node.name : []));
}

type Context = {
  readonly targets: Targets;
  readonly ticked: ReadonlySet<string>;
  readonly words: string;
};

function setRows(
  set: TargetSet,
  context: Context & { readonly kind: 'group' | 'tag'; readonly isOpen: boolean },
): readonly TargetRow[] {
  const { targets, ticked, words, kind, isOpen } = context;
  const nodes = set.nodes.flatMap((at) => targets.nodes[at] ?? []);
  const named = set.name.toLowerCase().includes(words);
  const found = words === '' || named ? nodes : nodes.filter((node) => fits(node, words));
  if (!named && found.length === 0) return [];
  const done = nodes.filter(({ name }) => ticked.has(name)).length;
  const isShown = isOpen || (words !== '' && !named);
  const row: TargetRow = {
    key: `${kind} ${set.name}`,
    box: { kind, name: set.name },
    depth: set.depth,
    label: visible(set.name),
    detail: '',
    ticked: nodes.length > 0 && done === nodes.length,
    count: done === 0 || done === nodes.length ? String(nodes.length) : `${done}/${nodes.length}`,
    open: isShown,
    isProtected: false,
    isBlocked: false,
  };
  if (!isShown) return [row];
  return [row, ...found.map((node) => nodeRow(node, { depth: set.depth + 1, below: row.key }, context))];
}

function nodeRow(
  node: TargetNode,
  { depth, below }: { readonly depth: number; readonly below: string },
  { ticked }: Context,
): TargetRow {
  const tags = node.tags.join(', ');
  return {
    key: `${below} node ${node.name}`,
    box: { kind: 'node', name: node.name },
    depth,
    label: visible(node.name),
    detail: visible(node.blocked ?? [node.address, tags].filter((text) => text !== '').join(' · ')),
    ticked: ticked.has(node.name),
    count: '',
    open: undefined,
    isProtected: node.tags.includes('protected'),
    isBlocked: node.blocked !== undefined,
  };
}

function fits({ name, address, tags, source }: TargetNode, words: string): boolean {
  if (words === '') return true;
  return [name, address, source, ...tags].some((text) => text.toLowerCase().includes(words));
}
