import * as z from 'zod';
import type { InventoryIndex } from '../inventory/model.ts';
import type { Plan } from './plan.ts';
import { waveSizes } from './schedule/waves.ts';
import { startPlaces } from './startPlaces.ts';

/** How much a plan would concern, and how much of it at once. */
export const BlastRadius = z.object({
  nodes: z.int(),
  /** Nodes, with each set of parameters. */
  executions: z.int(),
  /** Most executions that are under way at once. */
  atOnce: z.int(),
  /** Groups with nodes of the plan, that of which the largest share is under way at once before the others. */
  groups: z.array(
    z.object({
      name: z.string(),
      /** Of the plan. */
      nodes: z.int(),
      /** Of the inventory. */
      of: z.int(),
      atOnce: z.int(),
    }),
  ),
  /** Nodes of the plan that rules protect, also under other names, and those that it delegates to. */
  protected: z.array(z.string()),
});
export type BlastRadius = z.infer<typeof BlastRadius>;

type Planned = Pick<Plan, 'targets' | 'executions' | 'strategy'>;

export function blastRadius(
  plan: Planned,
  { inventory, members }: InventoryIndex,
  protectedNodes: readonly string[],
): BlastRadius {
  const { targets, executions, strategy } = plan;
  const waves = wavesOf(plan);
  const places = startPlaces(strategy);
  const mostOf = (isMeant: (node: string) => boolean): number =>
    Math.max(0, ...waves.map((wave) => Math.min(places, wave.filter(isMeant).length)));
  const groups = inventory.groups.flatMap(({ name }) => {
    const all = new Set(members(name));
    const nodes = targets.filter(({ node }) => all.has(node)).length;
    if (nodes === 0) return [];
    const atOnce = Math.min(
      nodes,
      mostOf((node) => all.has(node)),
    );
    return [{ name, nodes, of: all.size, atOnce }];
  });
  return {
    nodes: targets.length,
    executions: executions.length,
    atOnce: mostOf(() => true),
    groups: groups.toSorted((a, b) => b.atOnce / b.of - a.atOnce / a.of),
    protected: [...protectedNodes],
  };
}

/** Nodes of the executions of each wave; in no waves, of all. */
function wavesOf({ executions, strategy: { mode, waves } }: Planned): readonly (readonly string[])[] {
  const nodes = executions.map(({ node }) => node);
  if (mode !== 'rolling') return [nodes];
  let start = 0;
  return waveSizes(nodes.length, waves ?? ['100%']).map((size) => {
    const wave = nodes.slice(start, start + size);
    start += size;
    return wave;
  });
}
