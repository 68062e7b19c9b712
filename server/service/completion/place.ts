import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Slot } from '../../../core/schema/slot.ts';
import type { Cursor } from '../cursor/cursor.ts';
import type { Workspace } from '../workspace.ts';
import type { Offer } from './item.ts';

/** Where something is offered: the cursor, what may stand there, and what else is known. */
export type Place = {
  readonly document: TextDocument;
  readonly text: string;
  readonly offset: number;
  readonly cursor: Cursor;
  readonly slot: Slot;
  readonly workspace: Workspace;
};

/** Offers for a word of the text. Offsets are UTF-16 units of the document; `end` is exclusive. */
export type Offered = {
  readonly start: number;
  readonly end: number;
  readonly offers: readonly Offer[];
  /** There may be more than an editor can show: those that do not fit what was typed are left out. */
  readonly areNames?: boolean;
};
