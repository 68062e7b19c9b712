import { join } from 'node:path';
import { opensshOptions } from '../../../core/plugin/options.ts';
import type { Target } from '../../../core/run/plan.ts';
import { isMap, type Value } from '../../../core/schema/value.ts';
import { writeWay } from '../../transports/openssh/config.ts';

/** Files of an inventory, by their names; or why Ansible can not reach a node. */
export type AnsibleInventory = { readonly files: ReadonlyMap<string, string> } | { readonly message: string };

const keepalive = { intervalMs: 15_000, count: 3 };

/**
 * The targets as an inventory of Ansible: reached as the plan says, by an ssh configuration for each, with their
 * variables; their tags are groups.
 */
export function ansibleInventory(
  targets: readonly Target[],
  { folder, home }: { folder: string; home: string },
): AnsibleInventory {
  const files = new Map<string, string>();
  const hosts: Record<string, Value> = {};
  const groups = new Map<string, Record<string, null>>();
  for (const [at, target] of targets.entries()) {
    const { node, vars, tags } = target;
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(node))
      return { message: `${node} can not be the name of a host in Ansible` };
    const way = wayTo(target, home);
    if ('message' in way) return way;
    const config = join(folder, `ssh_config_${at}`);
    if (way.config !== undefined) files.set(config, way.config);
    // How a node is reached, and with which program, is not up to its variables.
    const own = Object.entries(vars).filter(([name]) => !name.startsWith('ansible_'));
    hosts[node] = { ...Object.fromEntries(own), ...way.vars(config) };
    for (const tag of tags) {
      const name = tag.replaceAll(/[^\p{L}\p{N}_]/gu, '_');
      if (name !== 'all' && !/^\d/.test(name)) groups.set(name, { ...groups.get(name), [node]: null });
    }
  }
  const children = Object.fromEntries([...groups].map(([name, members]) => [name, { hosts: members }]));
  files.set(join(folder, 'hosts.yaml'), `${unsafeYaml({ all: { hosts, children } })}\n`);
  return { files };
}

type Way =
  { readonly config?: string; vars(config: string): Record<string, Value> } | { readonly message: string };

function wayTo({ node, transport, options }: Target, home: string): Way {
  if (transport === 'local') return { vars: () => ({ ansible_connection: 'local' }) };
  const parsed = opensshOptions.safeParse(transport === 'ssh' ? { sshConfig: 'none', ...options } : options);
  if (!['ssh', 'openssh'].includes(transport) || !parsed.success)
    return { message: `${node}: Ansible does not reach nodes over ${transport}` };
  const { config, destination } = writeWay(parsed.data, { home, keepalive });
  return {
    config,
    vars: (file) => ({
      ansible_connection: 'ssh',
      ansible_host: destination,
      ansible_ssh_common_args: `-F ${file}`,
    }),
  };
}

/**
 * Data as YAML for Ansible. Texts are marked, so that braces in them are never expanded: what nodes and inventories say
 * must not become code on this machine (CVE-2016-9587 and those after it).
 */
export function unsafeYaml(value: Value): string {
  if (typeof value === 'string') return `!unsafe ${JSON.stringify(value)}`;
  if (Array.isArray(value)) return `[${value.map(unsafeYaml).join(', ')}]`;
  if (!isMap(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${unsafeYaml(each)}`)
    .join(', ')}}`;
}
