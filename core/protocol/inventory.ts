import * as z from 'zod';
import { SourceRef } from '../inventory/source.ts';
import { InventoryFormat } from '../inventory/write/format.ts';
import type { Problem } from '../util/problem.ts';
import { Pick } from '../selection/pick.ts';

const sources = z.array(SourceRef).readonly();

export const InventoryQuery = z.object({
  sources,
  /** Read everything again, also what a command printed a moment ago. */
  refresh: z.boolean().optional(),
  /** With the vars, which can be a hundred times as much as the rest. */
  vars: z.boolean().optional(),
});
export type InventoryQuery = z.infer<typeof InventoryQuery>;

/** Where to look for inventories that need no configuration: absolute paths of folders. */
export const FindQuery = z.object({ folders: z.array(z.string()).max(100).readonly() });
export type FindQuery = z.infer<typeof FindQuery>;

/** An expression to be resolved as `planBatch` would. */
export const ResolveQuery = z.object({
  sources,
  selection: z.string(),
  groups: z.array(z.string()).readonly().optional(),
  pick: Pick.optional(),
});
export type ResolveQuery = z.infer<typeof ResolveQuery>;

/** Nodes in the order asked for; none where a problem is an error. */
export type Resolution = { readonly nodes: readonly string[]; readonly problems: readonly Problem[] };

export const NodeQuery = z.object({ sources, node: z.string() });
export type NodeQuery = z.infer<typeof NodeQuery>;

export const ExportQuery = z.object({
  sources,
  format: InventoryFormat,
  /** Only these nodes; without it, all of them, local ones too. */
  selection: z.string().optional(),
});
export type ExportQuery = z.infer<typeof ExportQuery>;

export const ReachQuery = z.object({ sources, nodes: z.array(z.string()).max(5000).readonly() });
export type ReachQuery = z.infer<typeof ReachQuery>;

/** Whether a node answers on its way, without logging in to it. */
export type Reach = {
  readonly node: string;
  readonly answer: 'reachable' | 'unreachable' | 'unknown';
  /** Why not, or why nobody knows: `connection refused on port 22`. */
  readonly message?: string;
  /** Milliseconds that the answer took. */
  readonly tookMs?: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

/** A person's yes to things that act on this machine: ids of ApprovalRequests that are still the same. */
export const ApproveQuery = z.object({
  sources,
  ids: z.array(z.string()).readonly(),
  /** Absolute path of a playbook or a configuration whose commands for secrets are meant, beside the sources. */
  file: z.string().optional(),
});
export type ApproveQuery = z.infer<typeof ApproveQuery>;
