import type { Hover, Position } from 'vscode-languageserver-types';
import { MarkupContent } from 'vscode-languageserver-types';
import type { HostKeysQuery, KnownHostKey } from '../../../core/protocol/hostKeys.ts';
import type { MusterDocument } from '../document.ts';
import { factsIn } from '../factsIn.ts';
import { code, plain } from '../markdown.ts';
import { occurrenceAt } from '../symbols.ts';
import { pathOf, resolveUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/** Keys of one host that are shown. */
const most = 6;

/** The endpoint of the node at a place, as `known_hosts` is asked about it; undefined where there is none. */
export function endpointAt(
  opened: MusterDocument,
  position: Position,
  workspace: Workspace,
): HostKeysQuery | undefined {
  const facts = factsIn(opened, workspace);
  const symbol = occurrenceAt(facts, position);
  const isNode = symbol && !symbol.pattern && symbol.kinds.includes('node');
  const node = isNode ? workspace.inventory.nodes.get(symbol.name) : undefined;
  if (!node || node.connection.transport === 'local') return undefined;
  const { host, port, hostKeyAlias, knownHosts = [] } = node.connection;
  // Paths of an inventory begin at its folder.
  const files = knownHosts.map((path) => {
    const uri = resolveUri(node.origin.source, path);
    return uri?.startsWith('file:') ? pathOf(uri) : path;
  });
  return { host, port, ...(hostKeyAlias !== undefined && { alias: hostKeyAlias }), files };
}

/** A hover with what is known of the host keys of its node. */
export function withHostKeys(hover: Hover, keys: readonly KnownHostKey[]): Hover {
  if (keys.length === 0 || !MarkupContent.is(hover.contents)) return hover;
  const rows = keys.slice(0, most).map(({ type, fingerprint, kind, file, line }) => {
    const what = kind === 'plain' ? '' : kind === 'revoked' ? ' (revoked)' : ' (signs host keys)';
    return `- ${code(type)} ${code(fingerprint)}${what} ${plain(`${file}:${line}`)}`;
  });
  const rest = keys.length > most ? [`- and ${keys.length - most} more`] : [];
  const text = ['Known host keys:', [...rows, ...rest].join('\n')].join('\n\n');
  return { ...hover, contents: { ...hover.contents, value: `${hover.contents.value}\n\n${text}` } };
}
