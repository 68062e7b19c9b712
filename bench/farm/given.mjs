import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { userInfo } from 'node:os';

/**
 * Nodes that somebody else runs: any address list.
 * @param {{ hosts: string, knownHosts: string, key: string, port: number, user: string | undefined }} options
 */
export function givenFarm({ hosts, knownHosts, key, port, user }) {
  const list = readFileSync(hosts, 'utf8').split(/\s+/).filter(Boolean);
  return {
    name: /** @type {const} */ ('given'),
    note: `${hosts}; its servers have to offer the key exchange and the cipher named above first`,
    hosts: list,
    port,
    user: user ?? userInfo().username,
    key: resolve(key),
    knownHosts: resolve(knownHosts),
    serverCpuMs: () => undefined,
    stop: () => {},
  };
}
