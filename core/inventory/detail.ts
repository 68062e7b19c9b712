import * as z from 'zod';
import { InventoryNode, Origin } from './model.ts';

/** A value that a node has, where it comes from, and what else was said. */
export const Provenance = z.object({
  key: z.string(),
  value: z.json(),
  origin: Origin,
  /** `node`, `group:web`, `defaults`, `pattern`. */
  from: z.string(),
  /** Why it can not be used as it stands. */
  unresolved: z.string().optional(),
  /** Values that lost against it, the strongest first. */
  instead: z.array(z.object({ value: z.json(), origin: Origin, from: z.string() })),
});
export type Provenance = z.infer<typeof Provenance>;

/** Everything that is known about a node, for its page. */
export const NodeDetail = z.object({
  node: InventoryNode,
  /** All sources that describe it, the strongest first. */
  origins: z.array(Origin),
  /** Every way into a group: `["site", "frontend"]` for a node of frontend, which is in site. Outermost first. */
  groups: z.array(z.array(z.string())),
  tags: z.array(Provenance),
  connection: z.array(Provenance),
  vars: z.array(Provenance),
  facts: z.array(Provenance),
});
export type NodeDetail = z.infer<typeof NodeDetail>;

/** What is said of a setting that is shown and has no effect: `strictHostKeyChecking`. */
export const notApplied = 'not applied: Muster always verifies host keys';
