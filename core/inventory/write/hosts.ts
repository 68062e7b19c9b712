import { visible } from '../../util/visible.ts';
import { addressText, hostProblem, userProblem } from '../address.ts';
import type { Inventory, InventoryNode } from '../model.ts';

/**
 * A list of nodes, one on each line: its name, or `[user@]host[:port]` with the name in a comment. What a list can not
 * say is a comment too: local nodes, blocked ones, and a second account on one address.
 */
export function writeHosts({ nodes }: Inventory): string {
  const users = new Map<string, string | undefined>();
  return nodes.map((node) => `${lineOf(node, users)}\n`).join('');
}

function lineOf(node: InventoryNode, users: Map<string, string | undefined>): string {
  const name = visible(node.name);
  const leftOut = (why: string): string => `# ${name} left out: ${visible(why)}`;
  const { transport, host, port, user } = node.connection;
  if (node.blocked !== undefined) return leftOut(node.blocked);
  if (transport === 'local') return leftOut('it is a folder on this machine.');
  const finding = hostProblem(host) ?? (user === undefined ? undefined : userProblem(user));
  if (finding) return leftOut(finding.message);
  const address = addressText({ host, port: port === 22 ? undefined : port });
  if (users.has(address) && users.get(address) !== user)
    return leftOut(`${address} is there with another user.`);
  users.set(address, user);
  const written = addressText({ user, host: address });
  return written === node.name ? written : `${written} # ${name}`;
}
