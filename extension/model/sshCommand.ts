import type { InventoryIndex, InventoryNode } from '../../core/inventory/model.ts';
import { hostProblem, parseAddress, userProblem } from '../../core/inventory/address.ts';

/** What a terminal on a node starts, or why there is none. */
export type TerminalCommand =
  | { readonly ok: true; readonly program?: string; readonly args: readonly string[]; readonly cwd?: string }
  | { readonly ok: false; readonly message: string };

/**
 * The arguments of `ssh` for a terminal on a node, as an array that no shell reads; for a local node, a shell in its
 * folder. Names that could become an option are refused (ssh(1)).
 */
export function terminalCommand(node: InventoryNode, index: InventoryIndex): TerminalCommand {
  const { connection } = node;
  if (node.blocked !== undefined) return { ok: false, message: `${node.name}: ${node.blocked}` };
  if (connection.transport === 'local') {
    return { ok: true, args: [], ...(connection.cwd !== undefined && { cwd: connection.cwd }) };
  }
  const { host, port, user, identityFiles, proxyCommand } = connection;
  const problem = hostProblem(host) ?? (user === undefined ? undefined : userProblem(user));
  if (problem) return { ok: false, message: `${node.name}: ${problem.message} ${problem.fix}` };
  if (proxyCommand !== undefined) {
    return {
      ok: false,
      message: `${node.name} is reached by a proxy command, which a terminal does not run.`,
    };
  }
  const jump = jumpArgument(connection.jump, index);
  if (jump === undefined) return { ok: false, message: `${node.name}: its jump hosts are no addresses.` };
  const args = [
    ...(port === 22 ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    ...identityFiles.flatMap((file) => ['-i', file]),
    ...(jump === '' ? [] : ['-J', jump]),
    '--',
    host,
  ];
  return { ok: true, program: 'ssh', args };
}

/** `user@host:port` of each hop, by their nodes where they are some. Undefined where one is no address. */
function jumpArgument(hops: readonly string[], { nodes }: InventoryIndex): string | undefined {
  const parts: string[] = [];
  for (const hop of hops) {
    const known = nodes.get(hop)?.connection;
    const address = known ?? parseAddress(hop);
    if (!('host' in address) || hostProblem(address.host)) return undefined;
    if (address.user !== undefined && userProblem(address.user)) return undefined;
    const host = address.host.includes(':') ? `[${address.host}]` : address.host;
    const account = address.user === undefined ? '' : `${address.user}@`;
    parts.push(
      `${account}${host}${address.port === undefined || address.port === 22 ? '' : `:${address.port}`}`,
    );
  }
  return parts.join(',');
}
