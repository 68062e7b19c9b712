import type { CompletionItem, CompletionList } from 'vscode-languageserver-types';

/** The same offers for an editor that knows no snippets. */
export function withoutSnippets(list: CompletionList): CompletionList {
  return { ...list, items: list.items.map(plainItem) };
}

function plainItem({ insertTextFormat, ...item }: CompletionItem): CompletionItem {
  if (insertTextFormat === undefined || !item.textEdit) return item;
  return { ...item, textEdit: { ...item.textEdit, newText: plainText(item.textEdit.newText) } };
}

/** A snippet as it stands when nobody types anything over it: the first choices, the words given. */
export function plainText(snippet: string): string {
  return snippet
    .replaceAll(/(?<!\\)\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^|\\])*\|\}/g, '$1')
    .replaceAll(/(?<!\\)\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replaceAll(/(?<!\\)\$\d+/g, '')
    .replaceAll(/\\([$}\\,|])/g, '$1');
}
