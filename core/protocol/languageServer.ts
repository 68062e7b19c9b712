import * as z from 'zod';
import { InventoryGroup, InventoryNode } from '../inventory/model.ts';

/** Name of the message by which the host tells the language server what the engine knows of sources that are no files of ours. */
export const inventorySnapshot = 'inventory/snapshot';

/** Name of the message by which the host says that a person trusts the workspace now. */
export const workspaceTrusted = 'workspace/trusted';

/** Name of the request by which the server asks the host what `known_hosts` has; only sent to a host that says `hostKeys: true`. */
export const knownHostKeys = 'inventory/hostKeys';

/** Name of the command of a host that says `secretStore: true`: a secret goes from a file to where the host keeps secrets. */
export const moveSecret = 'muster.moveSecret';

const Place = z.object({ line: z.number().int().min(0), character: z.number().int().min(0) });

/** The file, the secret and its name there, and what the file says instead; of this version of the file. */
export const SecretMove = z.object({
  uri: z.string(),
  version: z.number().int(),
  name: z.string().min(1),
  value: z.string().min(1),
  edits: z.array(z.object({ range: z.object({ start: Place, end: Place }), newText: z.string() })).min(1),
});
export type SecretMove = z.infer<typeof SecretMove>;

/** Nodes and groups of such sources, their vars among them. Each snapshot stands for the one before. */
export const InventorySnapshot = z.object({
  nodes: z.array(InventoryNode).readonly(),
  groups: z.array(InventoryGroup).readonly(),
  /** Ids of the sources that could be read as they are now: their paths, or the command lines of commands. */
  sources: z.array(z.string()).readonly(),
});
export type InventorySnapshot = z.infer<typeof InventorySnapshot>;

/** Name of the command by which a client asks the language server what a playbook would do. */
export const playbookPlan = 'playbook.plan';

/** The playbook or task that is asked about, and what a person would give to it. */
export const PlanQuery = z.object({
  uri: z.string(),
  /** Selection, instead of that of the playbook. */
  targets: z.string().optional(),
  params: z.record(z.string(), z.json()).optional(),
  /** Variables over all others. */
  vars: z.record(z.string(), z.json()).optional(),
  /** Only steps with one of these tags, and none with one of those. */
  tags: z.array(z.string()).optional(),
  skipTags: z.array(z.string()).optional(),
  startAt: z.string().optional(),
  only: z.string().optional(),
});
export type PlanQuery = z.infer<typeof PlanQuery>;
