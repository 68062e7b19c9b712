import { type ClientCapabilities, CodeLensRefreshRequest } from 'vscode-languageserver';
import { at } from '../core/yaml/data.ts';
import type { Feature, Hello } from './feature.ts';
import type { WorkspaceIndex } from './index/workspaceIndex.ts';
import { codeLenses } from './service/hints/codeLenses.ts';
import { inlayHints } from './service/hints/inlayHints.ts';
import type { ServerSettings } from './settings.ts';

export type HintDeps = {
  readonly settings: Pick<ServerSettings, 'hints' | 'onDidChange'>;
  readonly index: Pick<WorkspaceIndex, 'onDidChange'>;
  /** What the client can take; known once it has said hello. */
  readonly client: () => ClientCapabilities;
};

/** What stands in and above lines although nobody wrote it. A client is told when it may be another: the nodes of a group, a setting. */
export function hinting({ settings, index, client }: HintDeps): Feature {
  return {
    capabilities: (hello) => ({
      inlayHintProvider: true,
      ...(hasCommands(hello) && { codeLensProvider: {} }),
    }),
    waits: true,
    listen(connection, on) {
      const { inlayHint } = connection.languages;
      inlayHint.on(
        on(({ range }, { document, workspace }) =>
          inlayHints(document, range, workspace).filter(({ data }) => settings.hints[data.category]),
        ),
      );
      connection.onCodeLens(on((_params, { document, workspace }) => codeLenses(document, workspace)));
      const report = (error: unknown): void =>
        connection.console.warn(`The client did not ask again: ${String(error)}`);
      const again = (): void => {
        const { workspace } = client();
        if (workspace?.inlayHint?.refreshSupport) inlayHint.refresh().catch(report);
        if (workspace?.codeLens?.refreshSupport)
          connection.sendRequest(CodeLensRefreshRequest.type).catch(report);
      };
      settings.onDidChange(again);
      index.onDidChange(again);
    },
  };
}

/** Lenses are commands of the client: one that says nothing of them would show what does nothing. */
function hasCommands({ initializationOptions: options }: Hello): boolean {
  return at(options, ['commands']) === true;
}
