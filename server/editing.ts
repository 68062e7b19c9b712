import type { CompletionItem } from 'vscode-languageserver-types';
import { hoverForm, itemForm } from './clientForms.ts';
import type { Feature, Hello } from './feature.ts';
import { completion, resolveCompletion } from './service/completion/completion.ts';
import { withoutSnippets } from './service/completion/plain.ts';
import { formatting } from './service/format/formatting.ts';
import { onTypeFormatting, typedCharacters } from './service/format/onType.ts';
import { codeLenses } from './service/hints/codeLenses.ts';
import { inlayHints } from './service/hints/inlayHints.ts';
import { hover } from './service/hover/hover.ts';
import { foldingRanges } from './service/structure/folding.ts';
import { selectionRanges } from './service/structure/selectionRanges.ts';

/** What helps while one writes and reads. */
export const editing: readonly Feature[] = [
  {
    capabilities: {
      completionProvider: { triggerCharacters: ' ,[{.|!&@:/'.split(''), resolveProvider: true },
    },
    takesLarge: true,
    isAtOnce: true,
    listen: (connection, on, onWorkspace) => {
      connection.onCompletion(
        on(({ position }, { document, workspace, client }) => {
          const offers = completion(document, position, workspace);
          const knowsSnippets = client.textDocument?.completion?.completionItem?.snippetSupport;
          return knowsSnippets ? offers : withoutSnippets(offers);
        }),
      );
      const resolve = onWorkspace((item: CompletionItem, { workspace, client }) =>
        itemForm(resolveCompletion(item, workspace), client),
      );
      connection.onCompletionResolve(async (item, token) => (await resolve(item, token)) ?? item);
    },
  },
  {
    capabilities: { hoverProvider: true },
    listen: (connection, on) =>
      connection.onHover(
        on(({ position }, { document, workspace, client }) =>
          hoverForm(hover(document, position, workspace), client),
        ),
      ),
  },
  {
    capabilities: { inlayHintProvider: true },
    waits: true,
    listen: (connection, on) =>
      connection.languages.inlayHint.on(
        on(({ range }, { document, workspace }) => inlayHints(document, range, workspace)),
      ),
  },
  {
    capabilities: (hello) => (hasCommands(hello) ? { codeLensProvider: {} } : {}),
    waits: true,
    listen: (connection, on) =>
      connection.onCodeLens(on((_params, { document, workspace }) => codeLenses(document, workspace))),
  },
  {
    capabilities: { foldingRangeProvider: true },
    listen: (connection, on) =>
      connection.onFoldingRanges(on((_params, { document }) => foldingRanges(document.document))),
  },
  {
    capabilities: { selectionRangeProvider: true },
    listen: (connection, on) =>
      connection.onSelectionRanges(on(({ positions }, { document }) => selectionRanges(document, positions))),
  },
  {
    capabilities: { documentFormattingProvider: true },
    listen: (connection, on) =>
      connection.onDocumentFormatting(on((_params, { document }) => formatting(document.document))),
  },
  {
    capabilities: {
      documentOnTypeFormattingProvider: {
        firstTriggerCharacter: typedCharacters.first,
        moreTriggerCharacter: [...typedCharacters.more],
      },
    },
    takesLarge: true,
    listen: (connection, on) =>
      connection.onDocumentOnTypeFormatting(
        on(({ position, ch }, { document }) => onTypeFormatting(document.document, { position, typed: ch })),
      ),
  },
];

/** Lenses are commands of the client: one that says nothing of them would show what does nothing. */
function hasCommands({ initializationOptions: options }: Hello): boolean {
  return typeof options === 'object' && options !== null && Reflect.get(options, 'commands') === true;
}
