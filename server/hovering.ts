import type { Connection } from 'vscode-languageserver';
import { type HoverParams, ResponseError } from 'vscode-languageserver';
import { type HostKeysQuery, type KnownHostKey, KnownHostKeys } from '../core/protocol/hostKeys.ts';
import { knownHostKeys } from '../core/protocol/languageServer.ts';
import { at } from '../core/yaml/data.ts';
import { hoverForm } from './clientForms.ts';
import type { Feature } from './feature.ts';
import { endpointAt, withHostKeys } from './service/hover/hostKeys.ts';
import { hover } from './service/hover/hover.ts';

/** What is known of the host keys of an endpoint, by whoever may read `known_hosts`. */
export type HostKeys = (query: HostKeysQuery) => Promise<readonly KnownHostKey[]>;

/** What something means; of a node, which host keys are known too: asked of the client where nobody else is given. */
export function hovering(own: HostKeys | undefined): Feature {
  let canAsk = false;
  return {
    capabilities({ initializationOptions: options }) {
      canAsk = at(options, ['hostKeys']) === true;
      return { hoverProvider: true };
    },
    waits: true,
    listen(connection, on) {
      const hostKeys: HostKeys =
        own ?? (async (query) => (canAsk ? askClient(connection, query) : Promise.resolve([])));
      const described = on(({ position }: HoverParams, { document, workspace, client }) => {
        const shown = hover(document, position, workspace);
        return shown && { shown, client, endpoint: endpointAt(document, position, workspace) };
      });
      connection.onHover(async (params, token) => {
        const made = await described(params, token);
        if (!made || made instanceof ResponseError) return made;
        const { shown, client, endpoint } = made;
        // A file that can not be read takes nothing else away.
        const keys = endpoint ? await hostKeys(endpoint).catch(() => []) : [];
        return hoverForm(withHostKeys(shown, keys), client) ?? null;
      });
    },
  };
}

async function askClient(connection: Connection, query: HostKeysQuery): Promise<readonly KnownHostKey[]> {
  const answer: unknown = await connection.sendRequest(knownHostKeys, query);
  return KnownHostKeys.parse(answer);
}
