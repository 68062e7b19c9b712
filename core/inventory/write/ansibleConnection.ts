import type { Value } from '../../schema/value.ts';
import { parseAddress } from '../address.ts';
import { ansibleSettings } from '../ansible/settings.ts';
import type { InventoryIndex, InventoryNode } from '../model.ts';
import type { Connection } from '../settings.ts';

type Vars = Readonly<Record<string, Value>>;

export type Written = {
  /** Where hops and settings of hops are looked up. */
  readonly index: InventoryIndex;
  /** Whether the vars of the node come from Ansible, so that they say already how it is reached. */
  readonly isAnsibles: boolean;
};

/**
 * What has to stand beside the vars of a node so that Ansible reaches it as Muster does. A var that says the same stays
 * as it is; of a node that Ansible's own inventories describe, only what differs is added.
 */
export function connectionVars({ connection, vars }: InventoryNode, { index, isAnsibles }: Written): Vars {
  const entries = new Map(Object.entries(vars).map(([key, value]) => [key, { value }]));
  const { settings } = ansibleSettings(entries, { resolvePath: (path) => path });
  const { host, port, user, identityFiles, connectTimeoutMs } = connection;
  const isLocal = connection.transport === 'local';
  const [key] = identityFiles;
  const knownKey = settings.identityFiles?.value[0];
  const wanted: readonly (readonly [string, Value | undefined, Value | undefined])[] = [
    ['ansible_connection', isLocal ? 'local' : 'ssh', settings.transport?.value],
    ...(isLocal
      ? []
      : ([
          ['ansible_host', host, settings.host?.value],
          ['ansible_port', port, settings.port?.value],
          ['ansible_user', user, settings.user?.value],
          [
            'ansible_ssh_private_key_file',
            key,
            knownKey !== undefined && key?.endsWith(knownKey) ? key : knownKey,
          ],
          [
            'ansible_ssh_timeout',
            connectTimeoutMs && connectTimeoutMs / 1000,
            seconds(settings.connectTimeoutMs?.value),
          ],
        ] as const)),
  ];
  const usual = new Map<string, Value>([
    ['ansible_connection', 'ssh'],
    ['ansible_port', 22],
  ]);
  const added = wanted.flatMap(([name, value, known]): [string, Value][] => {
    if (value === undefined || value === known) return [];
    if (known !== undefined && !isAnsibles) return [];
    const isUsual =
      name === 'ansible_host' ? value === index.nodes.get(host)?.name : value === usual.get(name);
    return isAnsibles && known === undefined && isUsual ? [] : [[name, value]];
  });
  return Object.fromEntries([
    ...added,
    ...(isLocal ? [] : argumentVar({ connection, vars, settings }, index)),
  ]);
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

type Told = {
  readonly connection: Connection;
  readonly vars: Vars;
  readonly settings: ReturnType<typeof ansibleSettings>['settings'];
};

/** What has no var of its own goes on the command line of ssh, in the first var of its kind that is free. */
function argumentVar({ connection, vars, settings }: Told, index: InventoryIndex): [string, Value][] {
  const { jump, proxyCommand, identityFiles, identitiesOnly, hostKeyAlias, knownHosts } = connection;
  const isToldWay = settings.jump !== undefined || settings.proxyCommand !== undefined;
  const options: readonly (readonly [string, string | undefined])[] = [
    ['ProxyJump', jump.length > 0 && !isToldWay ? hopsOf(connection, index).join(',') : undefined],
    ['ProxyCommand', jump.length === 0 && !isToldWay ? proxyCommand : undefined],
    ...identityFiles.slice(1).map((file) => ['IdentityFile', file] as const),
    ['IdentitiesOnly', identitiesOnly === true && !settings.identitiesOnly ? 'yes' : undefined],
    ['HostKeyAlias', hostKeyAlias],
    ['UserKnownHostsFile', settings.knownHosts ? undefined : knownHosts?.map(pathWord).join(' ')],
  ];
  const words = options.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : ['-o', shellWord(`${name}=${value}`)],
  );
  const free = ['ansible_ssh_common_args', 'ansible_ssh_extra_args', 'ansible_ssh_args'];
  const name = free.find((each) => !Object.hasOwn(vars, each));
  return words.length === 0 || name === undefined ? [] : [[name, words.join(' ')]];
}

/** ssh_config(5) divides the files of UserKnownHostsFile at spaces. */
function pathWord(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** The way to a node as ProxyJump has it, the first hop first. */
function hopsOf(connection: Connection, index: InventoryIndex, seen: readonly string[] = []): string[] {
  return connection.jump.flatMap((jump) => {
    if (seen.includes(jump)) return [];
    const node = index.nodes.get(jump);
    if (!node) return [hopText(jump)];
    const { host, port, user } = node.connection;
    return [...hopsOf(node.connection, index, [...seen, jump]), addressText({ host, port, user })];
  });
}

function hopText(text: string): string {
  const address = parseAddress(text);
  return 'host' in address ? addressText({ user: undefined, port: 22, ...address }) : text;
}

function addressText({ host, port, user }: { host: string; port: number; user: string | undefined }): string {
  const account = user === undefined ? '' : `${user}@`;
  return `${account}${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Jump nodes whose own settings a ProxyJump can not carry, with what they are. */
export function unsaidHops({ connection }: InventoryNode, index: InventoryIndex): readonly string[] {
  if (connection.transport === 'local') return [];
  return connection.jump.filter((jump) => {
    const hop = index.nodes.get(jump)?.connection;
    return hop !== undefined && (hop.identityFiles.length > 0 || hop.proxyCommand !== undefined);
  });
}
