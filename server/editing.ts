import type { CompletionItem } from 'vscode-languageserver-types';
import { itemForm } from './clientForms.ts';
import type { Feature } from './feature.ts';
import { completion, resolveCompletion } from './service/completion/completion.ts';
import { withoutSnippets } from './service/completion/plain.ts';
import { formatting } from './service/format/formatting.ts';
import { onTypeFormatting, typedCharacters } from './service/format/onType.ts';
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
        on(({ position, context }, { document, workspace, client }) => {
          const typed = context?.triggerCharacter;
          const offers = completion(document, { ...position, typed }, workspace);
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
