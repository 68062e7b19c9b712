import { foldSet } from '../../core/selection/calculator/fold.ts';
import type { NodeSet } from '../../core/selection/calculator/nodeSet.ts';
import { sizeOf } from '../../core/selection/calculator/nodeSet.ts';
import { listGroups } from '../../core/selection/calculator/regroup.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Groups } from './groups.ts';
import type { Words } from './words.ts';

/** Groups, one a line; with a set those that have nodes of it. Each `--long` says more: nodes, then how many. */
export function printGroups({ resolver, source, isBare }: Groups, { flags }: Words, set?: NodeSet): string[] {
  const level = flags.get('long')?.length ?? 0;
  const others = resolver.sources.filter((each) => each !== source);
  const sources = flags.has('all-sources') ? [source, ...others] : [source];
  const listed = sources.flatMap((each) => listGroups({ groups: resolver, source: each, isBare }, set));
  return listed.map(({ name, nodes, within }) => {
    const count = set ? `${sizeOf(within)}/${sizeOf(nodes)}` : String(sizeOf(nodes));
    const words = [name, ...(level > 0 ? [foldSet(within)] : []), ...(level > 1 ? [count] : [])];
    return escapeLine(words.join(' '));
  });
}
