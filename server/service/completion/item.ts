import type { CompletionItem, CompletionItemKind, Range } from 'vscode-languageserver-types';
import { InsertTextFormat, InsertTextMode } from 'vscode-languageserver-types';

/** One thing that is offered. */
export type Offer = {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What is put in, where it is not the label. */
  readonly text?: string;
  /** `text` is a snippet of the protocol. */
  readonly isSnippet?: boolean;
  readonly detail?: string;
  /** What the editor compares with what was typed, where it is not the label. */
  readonly filter?: string;
  /** Offers with a smaller rank stand above. */
  readonly rank?: number;
  /** What the docs are made of when somebody looks at the offer. */
  readonly about?: About;
};

/** Kept in the item while the editor shows it: plain JSON. */
export type About =
  | {
      readonly type: 'key';
      readonly language: string;
      readonly path: readonly (string | number)[];
      readonly key: string;
    }
  | { readonly type: 'node' | 'group' | 'tag'; readonly name: string }
  | { readonly type: 'filter' | 'test'; readonly name: string };

/** An offer as the protocol wants it, in the place of `range`. */
export function itemOf(offer: Offer, range: Range): CompletionItem {
  const { label, kind, text = label, detail, filter, rank, about } = offer;
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(filter !== undefined && { filterText: filter }),
    ...(rank !== undefined && { sortText: `${String(rank).padStart(4, '0')} ${label}` }),
    ...(offer.isSnippet && {
      insertTextFormat: InsertTextFormat.Snippet,
      insertTextMode: InsertTextMode.asIs,
    }),
    ...(about && { data: about }),
    textEdit: { range, newText: text },
  };
}
