import { ResponseError, type SemanticTokens, type SemanticTokensRangeParams } from 'vscode-languageserver';
import type { Feature } from './feature.ts';
import { tokensDelta } from './service/tokens/delta.ts';
import { tokenTypes } from './service/tokens/legend.ts';
import { semanticTokens } from './service/tokens/semanticTokens.ts';

/** Documents of which it is remembered what was said last. */
const mostRemembered = 50;

/** Colours by meaning: of a whole document, of a part of it, and what has changed since the last time. */
export function coloring(): Feature {
  const said = new Map<string, SemanticTokens & { readonly resultId: string }>();
  let count = 0;
  const remember = (uri: string, { data }: SemanticTokens): SemanticTokens => {
    const tokens = { resultId: String((count += 1)), data };
    said.delete(uri);
    said.set(uri, tokens);
    const [oldest] = said.keys();
    if (said.size > mostRemembered && oldest !== undefined) said.delete(oldest);
    return tokens;
  };
  return {
    capabilities: {
      semanticTokensProvider: {
        legend: { tokenTypes: [...tokenTypes], tokenModifiers: [] },
        full: { delta: true },
        range: true,
      },
    },
    listen(connection, on) {
      const { semanticTokens: tokens } = connection.languages;
      const none = { data: [] };
      const whole = on(({ textDocument: { uri } }, { document }) => remember(uri, semanticTokens(document)));
      const part = on(({ range }: SemanticTokensRangeParams, { document }) =>
        semanticTokens(document, range),
      );
      tokens.on(async (params, token) => (await whole(params, token)) ?? none);
      tokens.onRange(async (params, token) => (await part(params, token)) ?? none);
      tokens.onDelta(async (params, token) => {
        const before = said.get(params.textDocument.uri);
        const now = (await whole(params, token)) ?? none;
        // Of what is not remembered the whole is said again.
        if (now instanceof ResponseError || before?.resultId !== params.previousResultId) return now;
        return {
          ...('resultId' in now && { resultId: now.resultId }),
          edits: tokensDelta(before.data, now.data),
        };
      });
    },
  };
}
