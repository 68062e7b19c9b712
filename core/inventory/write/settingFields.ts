import type { InventoryNode } from '../model.ts';
import type { Connection } from '../settings.ts';
import { nameText, quotedText } from './yamlText.ts';

/** Keys of a node or of `defaults`, each with its value as YAML. */
export type Fields = Map<string, string>;

/** What all nodes have in common, for `defaults`. Jump hosts stay with the nodes: a hop has none itself. */
export function sharedFields(connections: readonly Connection[]): Fields {
  const [first, ...others] = connections.map(commonFields);
  const shared: Fields = new Map();
  if (!first || others.length === 0) return shared;
  for (const [key, text] of first) {
    if (others.every((other) => other.get(key) === text)) shared.set(key, text);
  }
  return shared;
}

/** What a node needs beside the defaults to be reached as it is. */
export function nodeFields(
  { name, connection }: InventoryNode,
  defaults: ReadonlyMap<string, string>,
): Fields {
  const { host, jump, cwd } = connection;
  const fields: Fields = new Map();
  if (host !== name) fields.set('host', nameText(host, 'flow'));
  for (const [key, text] of commonFields(connection)) if (defaults.get(key) !== text) fields.set(key, text);
  if (jump.length > 0)
    fields.set(
      'jump',
      listOf(jump, (name) => nameText(name, 'flow')),
    );
  if (cwd !== undefined) fields.set('cwd', pathText(cwd));
  return fields;
}

/** All but Muster's own defaults. */
function commonFields(connection: Connection): Fields {
  const { transport, port, user, connectTimeoutMs, knownHosts, identityFiles, auth, proxyCommand } =
    connection;
  const { identitiesOnly, hostKeyAlias, sshConfig } = connection;
  const fields: Fields = new Map();
  if (transport !== 'ssh') fields.set('transport', transport);
  if (user !== undefined) fields.set('user', nameText(user, 'flow'));
  if (port !== 22) fields.set('port', String(port));
  if (connectTimeoutMs !== undefined) fields.set('connectTimeout', durationText(connectTimeoutMs));
  if (knownHosts) fields.set('knownHosts', listOf(knownHosts, pathText));
  if (identityFiles.length > 0) fields.set('identityFile', listOf(identityFiles, pathText));
  if (identitiesOnly !== undefined) fields.set('identitiesOnly', String(identitiesOnly));
  if (hostKeyAlias !== undefined) fields.set('hostKeyAlias', nameText(hostKeyAlias, 'flow'));
  if (sshConfig !== undefined) fields.set('sshConfig', pathText(sshConfig));
  if (auth.join() !== 'agent,key')
    fields.set(
      'auth',
      listOf(auth, (word) => word),
    );
  if (proxyCommand !== undefined) fields.set('proxyCommand', quotedText(proxyCommand));
  return fields;
}

function durationText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function pathText(path: string): string {
  return nameText(path, 'flow');
}

/** One value stands alone. */
function listOf(values: readonly string[], write: (value: string) => string): string {
  const texts = values.map(write);
  return texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
}
