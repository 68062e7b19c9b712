import type { Described, PartNode } from '../part.ts';
import { undescribed } from '../part.ts';
import type { MergedGroup } from './memberships.ts';
import type { LoadedSource, United } from './unite.ts';

/** One place that gives a node values. */
export type Layer = {
  readonly by: LoadedSource;
  readonly described: Described;
  /** `node`, `group:web`, `defaults`, `pattern`. */
  readonly from: string;
};

/**
 * All that gives a node values, the weakest first: patterns of an ssh_config, defaults of its sources, its groups from
 * the outermost, itself; at each place the weakest source first.
 */
export function layersOf(
  node: United<PartNode>,
  groups: readonly MergedGroup[],
  patterns: readonly LoadedSource[],
): readonly Layer[] {
  const below = sharedLayersOf(node, groups);
  const own = node.by.map(({ by, said }): Layer => ({ by, described: said, from: 'node' }));
  return [...patternLayers(node.name, patterns), ...below, ...own];
}

/** The layers that nodes with the same sources and groups have in common. */
export function sharedLayersOf(node: United<PartNode>, groups: readonly MergedGroup[]): readonly Layer[] {
  return [
    ...node.by.map(({ by }): Layer => ({ by, described: by.part.defaults, from: 'defaults' })),
    ...groups.flatMap((group) =>
      group.by.map(({ by, said }): Layer => ({ by, described: said, from: `group:${group.name}` })),
    ),
  ];
}

/** Sources that know something about nodes of others. A refused one is not asked. */
export function patternSources(sources: readonly LoadedSource[]): readonly LoadedSource[] {
  return sources.filter(({ part, state }) => part.settingsFor !== undefined && state.status !== 'refused');
}

export function patternLayers(name: string, patterns: readonly LoadedSource[]): readonly Layer[] {
  return patterns.flatMap((by) => {
    const settings = by.part.settingsFor?.(name);
    return settings && Object.keys(settings).length > 0
      ? [{ by, described: { ...undescribed, settings }, from: 'pattern' }]
      : [];
  });
}
