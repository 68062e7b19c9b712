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
  /** A few words behind the label, in every row: by them one offer is told from the next. */
  readonly note?: string;
  /** What the editor compares with what was typed, where it is not the label. */
  readonly filter?: string;
  /** Of the offers for one word those with a smaller rank stand above; 0 unless it says. */
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
  | { readonly type: 'filter' | 'test' | 'rule'; readonly name: string };

/** An offer as the protocol wants it, in the place of `range`; `at` is its place among all offers. */
export function itemOf(offer: Offer, range: Range, at: number): CompletionItem {
  const { label, kind, text = label, detail, note, filter, about } = offer;
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(note !== undefined && { labelDetails: { description: note } }),
    ...(filter !== undefined && { filterText: filter }),
    sortText: String(at).padStart(4, '0'),
    ...(offer.isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    // Lines have their whole indentation.
    ...((offer.isSnippet || text.includes('\n')) && { insertTextMode: InsertTextMode.asIs }),
    ...(about && { data: about }),
    textEdit: { range, newText: text },
  };
}
