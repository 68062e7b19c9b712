import { foldSet } from '../../core/selection/calculator/fold.ts';
import type { NodeSet } from '../../core/selection/calculator/nodeSet.ts';
import { sizeOf } from '../../core/selection/calculator/nodeSet.ts';
import { listGroups } from '../../core/selection/calculator/regroup.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Groups } from './groups.ts';
import type { Words } from './words.ts';

/** Groups, one a line; with a set those that have nodes of it. Each `--long` says more: nodes, then how many. */
export function printGroups(groups: Groups, { flags }: Words, set?: NodeSet): string[] {
  const level = flags.get('long')?.length ?? 0;
  const { original, source: chosen, isBare } = groups;
  const sources = flags.has('all-sources') ? allSources(groups) : [chosen];
  const listed = sources.flatMap((source) => listGroups({ groups: original, source, isBare }, set));
  return listed.map(({ name, nodes, within }) => {
    const count = set ? `${sizeOf(within)}/${sizeOf(nodes)}` : String(sizeOf(nodes));
    const words = [name, ...(level > 0 ? [foldSet(within)] : []), ...(level > 1 ? [count] : [])];
    return escapeLine(words.join(' '));
  });
}

/** The chosen source first; the default one by one of its names only. */
function allSources({ original, source: chosen }: Groups): (string | undefined)[] {
  const { sources, defaultName } = original;
  if (chosen === undefined) return [undefined, ...sources.filter((source) => source !== defaultName)];
  const others = sources.filter((source) => source !== chosen);
  return [chosen, ...others, ...(defaultName === undefined ? [undefined] : [])];
}
