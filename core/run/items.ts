import * as z from 'zod';
import { textOf } from '../playbook/template/values.ts';
import type { Value } from '../schema/value.ts';
import type { PlannedExecution, Target } from './plan.ts';

/** Most sets of parameters of one batch. */
export const mostItems = 5000;

/** Sets of parameters: what runs, runs once for each of them. */
export const Items = z
  .array(z.record(z.string(), z.json()))
  .min(1, 'The batch has no sets of parameters.')
  .max(mostItems, `A batch has at most ${mostItems.toLocaleString('en')} sets of parameters.`);
export type Items = z.infer<typeof Items>;

/** Characters of a name. */
const longestName = 60;

/** A name for each set: its value where it has one alone, else `name=value` of each; no two are the same. */
export function itemNames(items: Items): readonly string[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function nameOf(item: Record<string, Value>): string {
  const entries = Object.entries(item);
  const [only] = entries;
  const text =
    only && entries.length === 1
      ? shown(only[1])
      : entries.map(([name, value]) => `${name}=${shown(value)}`).join(', ');
  const line = text.replaceAll(/\s+/g, ' ').trim() || 'nothing';
  return line.length > longestName ? `${line.slice(0, longestName)}…` : line;
}

function shown(value: Value): string {
  return textOf(value) ?? 'nothing';
}

/** Every node with every set, node by node; the sets in their order. */
export function executionsFor(targets: readonly Target[], items: Items | undefined): PlannedExecution[] {
  const names = items ? itemNames(items) : [undefined];
  const pairs = targets.flatMap(({ node }) =>
    names.map((name, index) => ({ node, ...(name !== undefined && { item: { index, name } }) })),
  );
  return pairs.map((pair, at) => ({ id: `e${at + 1}`, ...pair }));
}

/** The node that stands for this machine where sets of parameters are given, and no nodes. */
export const hereName = 'localhost';

/** This machine, with processes in `folder`. */
export function hereTarget(folder: string, connectTimeoutMs: number): Target {
  return {
    node: hereName,
    transport: 'local',
    options: { cwd: folder },
    connectTimeoutMs,
    tags: [],
    vars: {},
    isHere: true,
  };
}
