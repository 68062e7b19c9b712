import { mostTries } from '../ssh/askAgain.ts';
import { endpointProblem } from '../../../core/run/unsafe.ts';
import type { OpensshOptions, SshHop } from '../../../core/plugin/options.ts';
import { sentenceOf } from '../../../core/util/problem.ts';

/** One way to a node, as ssh takes it: a configuration of its own and the name to give as the destination. */
export type SshWay = {
  readonly config: string;
  readonly destination: string;
  /** What ssh calls the jump hosts, the first one first. */
  readonly hops: readonly string[];
};

/** Where the key of a host is written down, and the script that does it. */
export type KeyNotes = { readonly program: string; readonly notes: string };

export type WayDeps = {
  /** The person's home folder. */
  readonly home: string;
  /** Seconds between signs of life, and silences that end the connection. */
  readonly keepalive: { readonly intervalMs: number; readonly count: number };
};

/** The system's own configuration (ssh_config(5), FILES). */
const systemConfig = '/etc/ssh/ssh_config';

/**
 * What goes for every endpoint, over whatever a configuration says (the first value counts): host keys are always
 * verified, nothing is forwarded, nothing runs here beside what carries the connection.
 */
const always: readonly string[] = [
  'StrictHostKeyChecking yes',
  'VerifyHostKeyDNS no',
  'NoHostAuthenticationForLocalhost no',
  'UpdateHostKeys no',
  'ClearAllForwardings yes',
  'ForwardAgent no',
  'ForwardX11 no',
  'Tunnel no',
  'PermitLocalCommand no',
  'RemoteCommand none',
  'RequestTTY no',
  'ControlMaster no',
  'ControlPath none',
  `NumberOfPasswordPrompts ${mostTries}`,
];

/** Why ssh can not be given these options, in a sentence; undefined where it can. */
export function optionsProblem(options: OpensshOptions): string | undefined {
  for (const endpoint of [...options.via, options]) {
    const problem = endpointProblem(endpoint);
    if (problem) return sentenceOf(problem);
    const { user } = endpoint;
    if (user?.includes('%'))
      return `The user "${user}" has a "%", which ssh would fill in. Use transport: ssh.`;
  }
  const paths = [options, ...options.via].flatMap(({ identityFiles, knownHosts = [] }) => [
    ...identityFiles,
    ...knownHosts,
  ]);
  if (options.sshConfig !== undefined) paths.push(options.sshConfig);
  const odd = paths.find((path) => /["\\\n\r\0]|\$\{/.test(path));
  if (odd !== undefined)
    return `The path ${JSON.stringify(odd)} has a character that ssh does not take in paths. Rename it.`;
  if (/[\n\r\0]/.test(options.proxyCommand ?? '')) return 'The proxy command has a line break.';
  return undefined;
}

/** Writes a way down for ssh; lines `ahead` go for the node alone, over all others. What the options leave open is up to the node's configuration file and the system's. */
export function writeWay(options: OpensshOptions, deps: WayDeps, ahead: readonly string[] = []): SshWay {
  const { destination, hops } = namesOf(options);
  const own = ownConfig(options, deps.home);
  const lines = [
    'Match all',
    ...indent([
      ...always,
      `ServerAliveInterval ${Math.max(1, Math.round(deps.keepalive.intervalMs / 1000))}`,
      `ServerAliveCountMax ${deps.keepalive.count}`,
    ]),
    `Host ${destination}`,
    ...indent([
      ...ahead,
      ...hostLines(options.host, destination),
      ...endpointLines(options),
      ...wayLines(options, hops),
    ]),
    ...options.via.flatMap((hop, at) => [
      `Host ${hops[at] ?? hop.host}`,
      ...indent([
        ...hostLines(hop.host, hops[at]),
        ...endpointLines({ ...hop, port: hop.port === 22 ? undefined : hop.port }),
        ...(at === 0 && options.proxyCommand !== undefined ? [`ProxyCommand ${options.proxyCommand}`] : []),
        'ProxyJump none',
        ...(at === 0 && options.proxyCommand === undefined ? ['ProxyCommand none'] : []),
      ]),
    ]),
    'Match all',
    ...indent([...(own === 'none' ? [] : [`Include ${pathWord(own)}`]), `Include ${pathWord(systemConfig)}`]),
  ];
  return { config: `${lines.join('\n')}\n`, destination, hops };
}

/** The configuration that goes for a node beside the system's; `none` where there is none. */
export function ownConfig({ sshConfig }: OpensshOptions, home: string): string {
  return sshConfig ?? `${home}/.ssh/config`;
}

/** What ssh calls the node and its jump hosts. */
export function namesOf(options: OpensshOptions): Pick<SshWay, 'destination' | 'hops'> {
  const destination = nameOf(options.name, options.host);
  return {
    destination,
    hops: options.via.map((hop, at) => aliasOf(hop, at, { ...options, name: destination })),
  };
}

/**
 * Lines by which ssh knows no host key at all, so that it ends after the key exchange, before even a user name is sent.
 * The key can be written down; an ssh before 8.5 passes that over.
 */
export function strangerLines(key?: KeyNotes): readonly string[] {
  const command = key && `/bin/sh ${pathWord(key.program)} ${pathWord(key.notes)} %H %t %K`;
  return [
    'IgnoreUnknown *',
    `KnownHostsCommand ${command ?? 'none'}`,
    'UserKnownHostsFile /dev/null',
    'GlobalKnownHostsFile /dev/null',
  ];
}

/** Lines by which ssh verifies the host key as always, and then logs in to nobody but jump hosts. */
export const withoutLogin: readonly string[] = [
  'PubkeyAuthentication no',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  'GSSAPIAuthentication no',
  'HostbasedAuthentication no',
];

/** The name that configurations know an endpoint by, if ssh takes it as one. */
function nameOf(name: string | undefined, host: string): string {
  return name !== undefined && isPlain(name) ? name : host;
}

/** A hop keeps its own name, which configurations may have patterns for, unless that stands for another endpoint too. */
function aliasOf(hop: SshHop, at: number, options: OpensshOptions): string {
  const alias = nameOf(hop.name, hop.host);
  const same = [options, ...options.via].filter((each) => nameOf(each.name, each.host) === alias);
  return isPlain(alias) && same.length === 1 ? alias : `muster-hop-${at + 1}`;
}

/** No character that has a meaning in a destination or a pattern. */
function isPlain(name: string): boolean {
  return /^[\p{L}\p{M}\p{N}_.][\p{L}\p{M}\p{N}_.-]*$/u.test(name);
}

function hostLines(host: string, name: string | undefined): string[] {
  return host === name ? [] : [`HostName ${host.replaceAll('%', '%%')}`];
}

function wayLines({ proxyCommand }: OpensshOptions, hops: readonly string[]): string[] {
  if (hops.length > 0) return [`ProxyJump ${hops.join(',')}`];
  return proxyCommand === undefined ? [] : [`ProxyCommand ${proxyCommand}`, 'ProxyJump none'];
}

type Endpoint = Omit<SshHop, 'port'> & { readonly port?: number | undefined };

function endpointLines(endpoint: Endpoint): string[] {
  const { port, user, hostKeyAlias, identityFiles, identitiesOnly, knownHosts = [] } = endpoint;
  return [
    ...(port === undefined ? [] : [`Port ${port}`]),
    ...(user === undefined ? [] : [`User ${user}`]),
    ...(hostKeyAlias === undefined ? [] : [`HostKeyAlias ${hostKeyAlias}`]),
    ...identityFiles.map((file) => `IdentityFile ${pathWord(file)}`),
    ...(identitiesOnly === undefined ? [] : [`IdentitiesOnly ${identitiesOnly ? 'yes' : 'no'}`]),
    ...(knownHosts.length === 0
      ? []
      : [`UserKnownHostsFile ${knownHosts.map(pathWord).join(' ')}`, 'GlobalKnownHostsFile /dev/null']),
    ...loginLines(endpoint),
  ];
}

/** Ways to log in that are not listed are not tried; the order is ssh's own. */
function loginLines({ auth, identityFiles }: Endpoint): string[] {
  const hasKeys = auth.includes('key') || auth.includes('agent');
  return [
    ...(auth.includes('password') ? [] : ['PasswordAuthentication no', 'KbdInteractiveAuthentication no']),
    ...(hasKeys ? [] : ['PubkeyAuthentication no']),
    ...(hasKeys && !auth.includes('agent') ? ['IdentityAgent none'] : []),
    ...(hasKeys && !auth.includes('key') && identityFiles.length === 0 ? ['IdentityFile none'] : []),
  ];
}

/** A path as one word; `%` begins a token. */
function pathWord(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
