import type { CompletionItem } from 'vscode-languageserver-types';
import type { Feature } from './feature.ts';
import { navigation } from './navigation.ts';
import { completion, resolveCompletion } from './service/completion/completion.ts';
import { hover } from './service/hover.ts';

/** All of them; one line each. */
export const features: readonly Feature[] = [
  ...navigation,
  {
    capabilities: {
      completionProvider: { triggerCharacters: ' ,[{.|!&@:/'.split(''), resolveProvider: true },
    },
    listen: (connection, on, onWorkspace) => {
      connection.onCompletion(
        on(({ position }, { document, workspace }) => completion(document, position, workspace)),
      );
      const resolve = onWorkspace((item: CompletionItem, { workspace }) =>
        resolveCompletion(item, workspace),
      );
      connection.onCompletionResolve(async (item, token) => (await resolve(item, token)) ?? item);
    },
  },
  {
    capabilities: { hoverProvider: true },
    listen: (connection, on) =>
      connection.onHover(on(({ position }, { document }) => hover(document, position))),
  },
];
