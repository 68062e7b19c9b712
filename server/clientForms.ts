import type { ClientCapabilities } from 'vscode-languageserver';
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  MarkupContent,
  SymbolInformation,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';

/**
 * The same edits for a client that knows no annotations or no versions; undefined where it could not make the files that
 * they need.
 */
export function editForm(edit: WorkspaceEdit, client: ClientCapabilities): WorkspaceEdit | undefined {
  const { documentChanges = [], ...rest } = edit;
  const can = client.workspace?.workspaceEdit;
  const texts = documentChanges.filter((change): change is TextDocumentEdit => 'edits' in change);
  const makesFiles = texts.length < documentChanges.length;
  if (makesFiles && !(can?.documentChanges && can.resourceOperations?.includes('create'))) return undefined;
  if (can?.documentChanges && (can.changeAnnotationSupport || !rest.changeAnnotations)) return edit;
  const plain = texts.map(({ textDocument, edits }) => ({
    textDocument,
    edits: edits.flatMap((each) => ('newText' in each ? [{ range: each.range, newText: each.newText }] : [])),
  }));
  if (can?.documentChanges) return { documentChanges: plain };
  return { changes: Object.fromEntries(plain.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}

/** Those of the actions that a client can do. */
export function actionForms(actions: readonly CodeAction[], client: ClientCapabilities): CodeAction[] {
  return actions.flatMap((action) => {
    const edit = action.edit && editForm(action.edit, client);
    return action.edit && !edit ? [] : [{ ...action, ...(edit && { edit }) }];
  });
}

/** An outline as a tree, or one below the other for a client that knows no trees. */
export function outlineForm(
  outline: readonly DocumentSymbol[],
  uri: string,
  client: ClientCapabilities,
): DocumentSymbol[] | SymbolInformation[] {
  if (client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport) return [...outline];
  const flat = (symbols: readonly DocumentSymbol[], containerName?: string): SymbolInformation[] =>
    symbols.flatMap(({ name, kind, range, children = [] }) => [
      { name, kind, location: { uri, range }, ...(containerName !== undefined && { containerName }) },
      ...flat(children, name),
    ]);
  return flat(outline);
}

export function hoverForm(hover: Hover | undefined, client: ClientCapabilities): Hover | undefined {
  const formats = client.textDocument?.hover?.contentFormat;
  if (!hover || !isMarkup(hover.contents)) return hover;
  return { ...hover, contents: docsForm(hover.contents, formats) };
}

export function itemForm(item: CompletionItem, client: ClientCapabilities): CompletionItem {
  const formats = client.textDocument?.completion?.completionItem?.documentationFormat;
  const { documentation } = item;
  if (typeof documentation !== 'object') return item;
  return { ...item, documentation: docsForm(documentation, formats) };
}

function isMarkup(contents: Hover['contents']): contents is MarkupContent {
  return typeof contents === 'object' && 'kind' in contents;
}

/** Markdown where the client shows it, or says nothing of what it shows. */
function docsForm(docs: MarkupContent, formats: readonly MarkupKind[] | undefined): MarkupContent {
  if (!formats || formats.includes(MarkupKind.Markdown) || docs.kind !== MarkupKind.Markdown) return docs;
  return { kind: MarkupKind.PlainText, value: withoutMarkdown(docs.value) };
}

/** The text of our own Markdown, in which a bare bracket is one of a link: names, and the words of links. */
export function withoutMarkdown(text: string): string {
  return text
    .split(/(`+)(?: (.*?) |\n([^]*?)\n|(.*?))\1(?!`)/)
    .map((piece, at) => {
      if (at % 5 === 1) return '';
      if (at % 5 !== 0) return piece ?? '';
      return piece
        .replaceAll(/(?<!\\)(?:\*\*|\[|\]\([^)]*\))/g, '')
        .replaceAll(/\\([\\`*_{}[\]()#+\-.!<>|&~:])/g, '$1');
    })
    .join('');
}
