import type { MusterDocument } from './document.ts';
import type { NameIndex } from './symbols.ts';
import type { InventoryPart } from '../../core/inventory/part.ts';

/** A file of ours as the index keeps it: what it says, and how to read it again. */
export type IndexedFile = {
  /** Canonical. */
  readonly uri: string;
  readonly names: NameIndex;
  /** Set while the client has it open. */
  readonly version?: number;
  /** What an inventory says; absent in a file of another kind. */
  readonly part?: InventoryPart;
  read(): MusterDocument | undefined;
};

/** The engine's own inventory, as the host sends it. */
export type Snapshot = {
  readonly part: InventoryPart;
  /** Sources that are in it: their paths, or the command lines of commands. */
  readonly sources: ReadonlySet<string>;
  /** From which of them each node and each group is; where that is not known they count everywhere. */
  readonly nodeSources?: ReadonlyMap<string, readonly string[]>;
  readonly groupSources?: ReadonlyMap<string, readonly string[]>;
};
