import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { editForm, outlineForm } from './clientForms.ts';
import type { Feature } from './feature.ts';
import { keyPages } from './pages.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './service/navigation/callHierarchy.ts';
import { definition, implementation, typeDefinition } from './service/navigation/definition.ts';
import { documentLinks } from './service/navigation/documentLinks.ts';
import { linkedEditing } from './service/navigation/linkedEditing.ts';
import { outline } from './service/navigation/outline.ts';
import { documentHighlight, references } from './service/navigation/references.ts';
import type { Refusal } from './service/navigation/rename.ts';
import { prepareRename, rename } from './service/navigation/rename.ts';
import { workspaceSymbols } from './service/navigation/workspaceSymbols.ts';

/** Finding one's way, in one file and across all of them. */
export const navigation: readonly Feature[] = [
  {
    capabilities: { definitionProvider: true, typeDefinitionProvider: true, implementationProvider: true },
    waits: true,
    listen(connection, on) {
      for (const [listen, feature] of [
        [connection.onDefinition, definition],
        [connection.onTypeDefinition, typeDefinition],
        [connection.onImplementation, implementation],
      ] as const)
        listen(
          on(({ position }, { document, workspace }) => mutable(feature(document, position, workspace))),
        );
    },
  },
  {
    capabilities: { referencesProvider: true },
    waits: true,
    listen: (connection, on) =>
      connection.onReferences(
        on(({ position, context }, { document, workspace }) => {
          const declarations = context.includeDeclaration ? 'included' : 'left out';
          return mutable(references(document, { position, declarations }, workspace));
        }),
      ),
  },
  {
    capabilities: { documentHighlightProvider: true },
    listen: (connection, on) =>
      connection.onDocumentHighlight(
        on(({ position }, { document, workspace }) =>
          mutable(documentHighlight(document, position, workspace)),
        ),
      ),
  },
  {
    capabilities: ({ capabilities: { textDocument } }) => ({
      renameProvider: textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
    }),
    waits: true,
    listen(connection, on) {
      connection.onPrepareRename(
        on(({ position }, { document, workspace }) => orRefuse(prepareRename(document, position, workspace))),
      );
      connection.onRenameRequest(
        on(({ position, newName }, { document, workspace, client }) => {
          const renamed = orRefuse(rename(document, { position, newName }, workspace));
          return renamed instanceof ResponseError || !renamed ? renamed : editForm(renamed, client);
        }),
      );
    },
  },
  {
    capabilities: { linkedEditingRangeProvider: true },
    waits: true,
    listen: (connection, on) =>
      connection.languages.onLinkedEditingRange(
        on(({ position }, { document, workspace }) => linkedEditing(document, position, workspace)),
      ),
  },
  {
    capabilities: { documentSymbolProvider: true },
    listen: (connection, on) =>
      connection.onDocumentSymbol(
        on(({ textDocument: { uri } }, { document, client }) => outlineForm(outline(document), uri, client)),
      ),
  },
  {
    capabilities: { workspaceSymbolProvider: true },
    waits: true,
    listen: (connection, _on, onWorkspace) =>
      connection.onWorkspaceSymbol(
        onWorkspace(({ query }, { workspace, token }) => workspaceSymbols(query, workspace, token)),
      ),
  },
  {
    capabilities: { documentLinkProvider: {} },
    listen: (connection, on) =>
      connection.onDocumentLinks(
        on((_params, { document, workspace }) => mutable(documentLinks(document, workspace, keyPages))),
      ),
  },
  {
    capabilities: { callHierarchyProvider: true },
    waits: true,
    listen(connection, on, onWorkspace) {
      const { callHierarchy } = connection.languages;
      callHierarchy.onPrepare(
        on(({ position }, { document, workspace }) => prepareCallHierarchy(document, position, workspace)),
      );
      callHierarchy.onIncomingCalls(onWorkspace(({ item }, { workspace }) => incomingCalls(item, workspace)));
      callHierarchy.onOutgoingCalls(onWorkspace(({ item }, { workspace }) => outgoingCalls(item, workspace)));
    },
  },
];

/** The protocol's types ask for lists that may be changed; nobody does. */
function mutable<T>(list: readonly T[] | undefined): T[] | undefined {
  return list && [...list];
}

function orRefuse<T extends object>(answer: T | Refusal | undefined): T | ResponseError | undefined {
  if (!answer || !('refusal' in answer)) return answer;
  return new ResponseError(LSPErrorCodes.RequestFailed, answer.refusal);
}
