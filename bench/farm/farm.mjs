import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** What the farms of this bench offer, and nothing else: all clients do the same cryptography. */
export const algorithms = { kex: 'curve25519-sha256', cipher: 'aes128-gcm@openssh.com' };

/**
 * @typedef {{ hosts: string, sshConfig: string, inventory: string }} ClientFiles
 * @typedef {{ hosts: string[], port: number, user: string, key: string, knownHosts: string }} Address
 * @typedef {Address & {
 *   name: 'light' | 'sshd' | 'given',
 *   note: string,
 *   files: ClientFiles,
 *   ownState: Record<string, string>,
 *   serverCpuMs: () => number | undefined,
 *   stop: () => void,
 * }} Farm
 */

/**
 * Loopback addresses: 127.77.0.1 to 127.77.0.250, 127.77.1.1 and so on.
 * @param {number} count
 */
export function loopbackAddresses(count) {
  return Array.from({ length: count }, (_, at) => `127.77.${Math.trunc(at / 250)}.${(at % 250) + 1}`);
}

/**
 * Makes a host key and a login key in a folder, and a known_hosts that has the host key for every node.
 * @param {string} folder
 * @param {{ hosts: string[], port: number }} listen
 * @returns {Address & { hostKey: string, authorizedKeys: string }}
 */
export function makeKeys(folder, { hosts, port }) {
  const hostKey = join(folder, 'host_ed25519');
  const key = join(folder, 'id_ed25519');
  for (const file of [hostKey, key]) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'bench', '-f', file]);
  }
  const knownHosts = join(folder, 'known_hosts');
  const shown = readFileSync(`${hostKey}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(knownHosts, hosts.map((host) => `[${host}]:${port} ${shown}\n`).join(''));
  return { hosts, port, user: userInfo().username, key, knownHosts, hostKey, authorizedKeys: `${key}.pub` };
}

/**
 * Writes what the clients read: a host list, an ssh_config for the peers and an inventory for muster. The
 * ssh_config makes no peer slower than a careful user would have it.
 * @param {string} folder
 * @param {Address} address
 * @returns {ClientFiles}
 */
export function writeClientFiles(folder, address) {
  const files = {
    hosts: join(folder, 'hosts'),
    sshConfig: join(folder, 'ssh_config'),
    inventory: join(folder, 'inventory.yaml'),
  };
  writeFileSync(files.hosts, address.hosts.map((host) => `${host}\n`).join(''));
  writeFileSync(files.sshConfig, sshConfig(address));
  writeFileSync(files.inventory, inventory(address));
  return files;
}

/** @param {Address} address */
function sshConfig({ port, user, key, knownHosts }) {
  const settings = {
    Port: port,
    User: user,
    IdentityFile: key,
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    UserKnownHostsFile: knownHosts,
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    UpdateHostKeys: 'no',
    BatchMode: 'yes',
    LogLevel: 'ERROR',
    KexAlgorithms: algorithms.kex,
    Ciphers: algorithms.cipher,
  };
  const lines = Object.entries(settings).map(([name, value]) => `  ${name} ${value}\n`);
  return `Host *\n${lines.join('')}`;
}

/** JSON is YAML. @param {Address} address */
function inventory({ hosts, port, user, key, knownHosts }) {
  const defaults = { user, port, identityFile: key, auth: ['key'], knownHosts };
  const nodes = Object.fromEntries(hosts.map((host, at) => [`node${at + 1}`, { host }]));
  return `${JSON.stringify({ version: 1, defaults, nodes }, undefined, 1)}\n`;
}
