import { userInfo } from 'node:os';
import { executedFor } from '../../core/inventory/sshConfig/executedFor.ts';
import { readConfig } from '../../core/inventory/sshConfig/readConfig.ts';
import type { Statement } from '../../core/inventory/sshConfig/statements.ts';
import { opensshOptions } from '../../core/plugin/options.ts';
import type { Target } from '../../core/run/plan.ts';
import { openDisk } from '../sources/diskFiles.ts';
import { namesOf, ownConfig } from '../transports/openssh/config.ts';

/** A configuration, and what of it ssh could execute on this machine on its way to a node. */
export type SshExecutes = { readonly config: string; readonly what: readonly string[] };

/** Tells what ssh could execute for a target of the openssh transport. Each configuration is read once. */
export function createSshExecutes(home: string): (target: Target) => SshExecutes | undefined {
  const user = userInfo().username;
  const read = new Map<string, readonly Statement[]>();
  const statementsOf = (path: string): readonly Statement[] => {
    const known = read.get(path);
    if (known) return known;
    const { statements } = readConfig({ path, files: openDisk().files, home, user });
    read.set(path, statements);
    return statements;
  };
  return ({ transport, options }) => {
    const parsed = transport === 'openssh' ? opensshOptions.safeParse(options) : undefined;
    if (!parsed?.success || parsed.data.sshConfig === 'none') return undefined;
    const node = parsed.data;
    const { destination, hops } = namesOf(node);
    const statements = statementsOf(ownConfig(node, home));
    const endpoints = [
      ...node.via.map((hop, at) => ({ ...hop, name: hops[at] ?? hop.host, isLed: true })),
      { ...node, name: destination, isLed: node.via.length > 0 || node.proxyCommand !== undefined },
    ];
    const what = endpoints.flatMap(({ name, host, user: login, isLed }) => {
      const hostName = host === name ? undefined : host;
      return executedFor(statements, { name, localUser: user, user: login, hostName, isLed });
    });
    return { config: ownConfig(node, home), what: [...new Set(what)] };
  };
}
