import type { InventoryNode } from '../model.ts';
import type { PartNode } from '../part.ts';
import type { Folded } from './fold.ts';
import type { United } from './unite.ts';

/** A node as it comes out of the merge, before what blocks it is known, with the settings that won. */
export type NodeDraft = {
  readonly node: InventoryNode;
  readonly united: United<PartNode>;
  readonly settings: Folded['settings'];
};
