import type { NodeDetail } from '../inventory/detail.ts';
import type { Edited, EditQuery } from '../inventory/edit/editQuery.ts';
import type { Inventory } from '../inventory/model.ts';
import type { SourceRef } from '../inventory/source.ts';
import type { Result } from '../util/errors.ts';
import type { HostKeysQuery, KnownHostKey } from './hostKeys.ts';
import type {
  ApproveQuery,
  ExportQuery,
  FindQuery,
  InventoryQuery,
  NodeQuery,
  Reach,
  ReachQuery,
  Resolution,
  ResolveQuery,
} from './inventory.ts';

/** What the engine knows about nodes, and does for them beside running batches. */
export interface InventoryClient {
  /** An outline: everything but the vars where they are not asked for. */
  inventory(query: InventoryQuery): Promise<Inventory>;
  /** The inventories that folders usually have. */
  findSources(query: FindQuery): Promise<readonly SourceRef[]>;
  /** The nodes that an expression stands for. */
  resolve(query: ResolveQuery): Promise<Resolution>;
  /** Everything that is known about one node. */
  node(query: NodeQuery): Promise<Result<NodeDetail>>;
  exportInventory(query: ExportQuery): Promise<Result<string>>;
  /** Asks nodes for an answer. Nobody is logged in to; nothing runs on them. */
  reach(query: ReachQuery): Promise<Result<readonly Reach[]>>;
  /** Host keys that are known for an endpoint, hashed names too; none in Restricted Mode. Nobody is contacted. */
  hostKeys(query: HostKeysQuery): Promise<readonly KnownHostKey[]>;
  /** Allows what waits for a person's yes; it acts from then on, until it changes. */
  approve(query: ApproveQuery): Promise<Result<null>>;
  /** The edits that change tags or groups in a file, its comments and form kept. Writes nothing. */
  editInventory(query: EditQuery): Promise<Result<Edited>>;
}
