import { addressText } from '../../../core/inventory/address.ts';
import type { Provenance } from '../../../core/inventory/detail.ts';
import { code, plain } from '../markdown.ts';
import { nameOf, relativePath } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/** Settings that a person asks about first, by what they are called in a file. */
const shown: ReadonlyMap<string, string> = new Map([
  ['transport', 'transport'],
  ['user', 'user'],
  ['host', 'host'],
  ['port', 'port'],
  ['jump', 'jump'],
  ['proxyCommand', 'proxyCommand'],
  ['identityFiles', 'identityFile'],
  ['knownHosts', 'knownHosts'],
  ['hostKeyAlias', 'hostKeyAlias'],
  ['auth', 'auth'],
]);

/** What is said of the way to a node, each with the place that said it, and how its jump hosts are reached. */
export function describeWay(name: string, uri: string, workspace: Workspace): readonly string[] {
  const { connection = [], node } = workspace.detail(name) ?? {};
  if (!node || node.connection.transport === 'local') return [];
  const rows = connection.flatMap((each) => {
    const title = shown.get(each.key);
    return title === undefined ? [] : [rowOf(title, each, uri)];
  });
  const hops = node.connection.jump.flatMap((hop) => hopRow(hop, workspace));
  return [...(rows.length > 0 ? [rows.join('\n')] : []), ...hops];
}

function rowOf(title: string, { value, origin, from, unresolved }: Provenance, uri: string): string {
  const text = (Array.isArray(value) ? value : [value]).map(wordOf).join(', ');
  const note = unresolved === undefined ? '' : ` (${plain(unresolved)})`;
  return `- ${title} ${code(text)}: ${scopeOf(from)}${linkTo(origin, uri)}${note}`;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `node`, `group:web`, `defaults`, `pattern` as people say it. */
function scopeOf(from: string): string {
  if (from.startsWith('group:')) return `group ${code(from.slice('group:'.length))}`;
  return from === 'pattern' ? 'ssh_config' : from;
}

function linkTo({ source, range }: Provenance['origin'], uri: string): string {
  if (source === '') return '';
  if (!source.startsWith('file:')) return ` ${code(nameOf(source.replaceAll('\\', '/')))}`;
  const line = range?.line ?? 1;
  return ` [${plain(relativePath(uri, source))}:${line}](${source}#L${line})`;
}

/** Where a jump host is that is a node; of an address everybody sees it. */
function hopRow(hop: string, { inventory }: Workspace): readonly string[] {
  const node = inventory.nodes.get(hop);
  if (!node) return [];
  const { user, host, port } = node.connection;
  return [`Via ${code(hop)}: ${code(addressText({ user, host, port }))}`];
}
