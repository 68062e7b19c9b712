import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoNode } from './design.ts';
import type { KeyPair } from './keys.ts';

/** Where a demo node answers. */
export type PlacedNode = DemoNode & {
  readonly host: string;
  readonly port: number;
  readonly hostKey: string;
};

/** Files of a demo workspace that name its fleet. */
export type FleetFiles = {
  readonly inventory: string;
  readonly knownHosts: string;
  readonly identity: string;
};

/** Writes inventory, known_hosts and the login key into `<dir>/.muster`. */
export async function writeFleetFiles(
  dir: string,
  nodes: readonly PlacedNode[],
  clientKey: KeyPair,
): Promise<FleetFiles> {
  const folder = join(dir, '.muster');
  await mkdir(folder, { recursive: true });
  const files = {
    inventory: join(folder, 'inventory.yaml'),
    knownHosts: join(folder, 'known_hosts'),
    identity: join(folder, 'id_ed25519'),
  };
  await writeFile(files.inventory, inventoryText(nodes));
  await writeFile(files.knownHosts, knownHostsText(nodes));
  await writeFile(files.identity, clientKey.private, { mode: 0o600 });
  await chmod(files.identity, 0o600); // The mode above counts only for a new file.
  return files;
}

/** The inventory in PRODUCT.md's format; paths in it are relative to the file. */
export function inventoryText(nodes: readonly PlacedNode[]): string {
  const lines = nodes.map(
    ({ name, host, port, tags, group }) =>
      `  ${name}: { host: ${host}, port: ${port}, tags: [${[group, ...tags].join(', ')}] }`,
  );
  return `# The demo fleet: overwritten at its next start.
version: 1
defaults:
  user: demo
  transport: ssh
  connectTimeout: 10s
  identityFile: id_ed25519
  knownHosts: known_hosts
nodes:
${lines.join('\n')}
groups:
${groupLines(nodes).join('\n')}
  site: { groups: [${groupNames(nodes).join(', ')}], vars: { site: loopback } }
`;
}

/** One line a node as sshd(8) describes: `[address]:port type key`. */
export function knownHostsText(nodes: readonly PlacedNode[]): string {
  return nodes.map(({ host, port, hostKey }) => `[${host}]:${port} ${hostKey}\n`).join('');
}

function groupNames(nodes: readonly PlacedNode[]): readonly string[] {
  return [...new Set(nodes.map(({ group }) => group))];
}

/** Members as a range: the nodes of a group are numbered from 1 without gaps. */
function groupLines(nodes: readonly PlacedNode[]): readonly string[] {
  return groupNames(nodes).map((name) => {
    const members = nodes.filter(({ group }) => group === name);
    const [first, last] = [members[0], members.at(-1)].map((each) => each?.name.slice(name.length));
    const range = members.length === 1 ? `${name}${first}` : `${name}[${first}-${last}]`;
    return `  ${name}: { nodes: "${range}", vars: { role: ${name} } }`;
  });
}
