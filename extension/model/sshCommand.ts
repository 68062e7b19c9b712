import { hopText, hostProblem } from '../../core/inventory/address.ts';
import type { ApprovalRequest } from '../../core/inventory/source.ts';
import type { InventoryIndex, InventoryNode } from '../../core/inventory/model.ts';
import { opensshOptions, type OpensshOptions, type SshHop } from '../../core/plugin/options.ts';
import { targetOf } from '../../core/run/target.ts';
import { endpointProblem } from '../../core/run/unsafe.ts';
import { sentenceOf } from '../../core/util/problem.ts';

/** What a terminal on a node starts, or why there is none. */
export type TerminalCommand =
  | { readonly ok: true; readonly program?: string; readonly args: readonly string[]; readonly cwd?: string }
  | { readonly ok: false; readonly message: string };

export type Fleet = {
  readonly index: InventoryIndex;
  /** A known_hosts file for all nodes, instead of those that the inventory names. */
  readonly knownHosts?: string | undefined;
};

/**
 * The arguments of `ssh` for a terminal on a node, as an array that no shell reads, by the way that a run takes; for a
 * local node, a shell in its folder. Names that could become an option are refused (ssh(1)).
 */
export function terminalCommand(node: InventoryNode, fleet: Fleet): TerminalCommand {
  const { connection } = node;
  if (node.blocked !== undefined) return refused(node, node.blocked);
  if (connection.transport === 'local') {
    return { ok: true, args: [], ...(connection.cwd !== undefined && { cwd: connection.cwd }) };
  }
  if (connection.transport !== 'ssh' && connection.transport !== 'openssh')
    return refused(node, `there is no terminal by ${connection.transport}.`);
  const target = targetOf(node, fleet, fleet.index);
  const pending = target.transport === 'openssh' && waitsForYes('ssh-config', fleet.index);
  if (pending)
    return refused(
      node,
      'its ssh configuration runs commands that nobody has allowed yet. Allow them first.',
    );
  const way = opensshOptions.safeParse(target.options);
  if (!way.success) return refused(node, 'its settings are not those of an SSH connection.');
  const problem = [...way.data.via, way.data].map(addressProblem).find(Boolean);
  if (problem) return refused(node, problem);
  const options = sshArguments(way.data, fleet.index);
  if (!options.ok) return refused(node, options.message);
  const named =
    target.transport === 'openssh' ? configArguments(way.data) : { args: [], destination: way.data.host };
  return { ok: true, program: 'ssh', args: [...named.args, ...options.args, '--', named.destination] };
}

/** What Remote - SSH calls the node: `ssh-remote+deploy@10.0.0.5:2222`. Jump hosts are a matter of the ssh configuration. */
export function remoteAuthority({ host, port, user }: InventoryNode['connection']): string {
  return `ssh-remote+${hopOf({ host, port, user })}`;
}

function refused({ name }: InventoryNode, why: string): TerminalCommand {
  return { ok: false, message: `${name}: ${why}` };
}

function addressProblem(hop: Pick<SshHop, 'host' | 'user' | 'hostKeyAlias'>): string | undefined {
  const problem = endpointProblem(hop);
  return problem && sentenceOf(problem);
}

/** The configuration that goes for a node, and the name that it has for it. */
function configArguments({ sshConfig, name, host }: OpensshOptions) {
  const isNamed = name !== undefined && hostProblem(name) === undefined;
  return {
    args: [
      ...(sshConfig === undefined ? [] : ['-F', sshConfig]),
      ...(isNamed && name !== host ? ['-o', `HostName=${host}`] : []),
    ],
    destination: isNamed ? name : host,
  };
}

function waitsForYes(kind: ApprovalRequest['kind'], { inventory }: InventoryIndex): boolean {
  return inventory.sources.some(({ approvals }) => approvals.some((each) => each.kind === kind));
}

type Arguments =
  { readonly ok: true; readonly args: readonly string[] } | { readonly ok: false; readonly message: string };

function sshArguments(way: OpensshOptions, index: InventoryIndex): Arguments {
  const { port, user, identityFiles, identitiesOnly, hostKeyAlias, knownHosts = [], proxyCommand } = way;
  const carried = proxyCommand === undefined ? [] : proxyArguments(proxyCommand, way, index);
  if (typeof carried === 'string') return { ok: false, message: carried };
  // A value of -o is read as a line of ssh_config(5): what would end the word or stand for something else is refused.
  const odd = knownHosts.find((file) => /["%$\p{Cc}]/u.test(file));
  if (odd !== undefined) return { ok: false, message: `ssh can not be given the known_hosts file ${odd}.` };
  const known = knownHosts.map((file) => `"${file}"`).join(' ');
  const args = [
    ...(port === 22 || port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    ...identityFiles.flatMap((file) => ['-i', file]),
    ...(identitiesOnly === true ? ['-o', 'IdentitiesOnly=yes'] : []),
    ...(hostKeyAlias === undefined ? [] : ['-o', `HostKeyAlias=${hostKeyAlias}`]),
    ...(known === '' ? [] : ['-o', `UserKnownHostsFile=${known}`]),
    ...(way.via.length > 0 ? ['-J', way.via.map(hopOf).join(',')] : []),
    ...carried,
  ];
  return { ok: true, args };
}

/** A command of an inventory runs only after a person has allowed it; ssh takes one or jump hosts, not both (ssh(1)). */
function proxyArguments(
  command: string,
  { via }: OpensshOptions,
  index: InventoryIndex,
): readonly string[] | string {
  if (waitsForYes('proxy-command', index))
    return 'it is reached by a proxy command that nobody has allowed yet. Allow it first.';
  if (via.length > 0) return 'it is reached by a proxy command and jump hosts, which one ssh can not do.';
  if (/\p{Cc}/u.test(command)) return 'its proxy command holds a line break or a control character.';
  return ['-o', `ProxyCommand=${command}`];
}

/** `user@host:port` of a hop; nobody writes port 22. */
function hopOf({
  port,
  ...hop
}: Pick<SshHop, 'host' | 'port'> & { readonly user?: string | undefined }): string {
  return hopText({ ...hop, port: port === 22 ? undefined : port });
}
