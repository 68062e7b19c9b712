import { foldRangeSet, foldSet } from '../../core/selection/calculator/fold.ts';
import type { NodeSet } from '../../core/selection/calculator/nodeSet.ts';
import { sizeOf } from '../../core/selection/calculator/nodeSet.ts';
import { namesInOrder } from '../../core/selection/calculator/order.ts';
import { regroupSet } from '../../core/selection/calculator/regroup.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Groups } from './groups.ts';
import type { Settings, Task } from './settings.ts';

type Writing = {
  readonly task: Task;
  readonly settings: Settings;
  readonly groups: Groups | undefined;
  /** Names of the whole result, which thresholds of steps are shares of. */
  readonly size: number;
};

/** One part of the result as a line. */
export function writeSet(set: NodeSet, { task, settings, groups, size }: Writing): string {
  const { kind, separator, axes, autostep } = settings;
  const options = { axes, autostep: autostep?.(size) };
  if (task === 'count') return String(sizeOf(set));
  if (task === 'expand') return Array.from(namesInOrder(set), escapeLine).join(separator);
  if (task === 'regroup' && groups)
    return escapeLine(
      regroupSet(set, { groups: groups.resolver, source: groups.source, isBare: groups.isBare }, options),
    );
  return escapeLine(kind === 'numbers' ? foldRangeSet(set, options) : foldSet(set, options));
}
