import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serverProcesses } from './children.mjs';
import { algorithms, loopbackAddresses, makeKeys } from './farm.mjs';

/** sshd(8) binds at most 16 addresses. */
const addressesPerDaemon = 16;
const program = '/usr/sbin/sshd';

/**
 * Real OpenSSH daemons on loopback. Everyone logs in as the user who runs the bench.
 * @param {string} folder
 * @param {{ nodes: number, port: number }} size
 */
export async function startSshd(folder, { nodes, port }) {
  const keys = makeKeys(folder, { hosts: loopbackAddresses(nodes), port });
  // The privilege separation directory, which sshd's service makes at boot.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const servers = serverProcesses();
  const daemons = chunks(keys.hosts, addressesPerDaemon);
  for (const [at, hosts] of daemons.entries()) {
    const file = join(folder, `sshd_config.${at}`);
    writeFileSync(file, configuration(keys, hosts));
    servers.start(program, ['-D', '-f', file, '-E', join(folder, 'sshd.log')]);
  }
  try {
    await Promise.all(daemons.map(([first = '']) => listening(first, port)));
  } catch (error) {
    servers.stop();
    throw error;
  }
  const name = /** @type {const} */ ('sshd');
  return { ...keys, name, note: 'OpenSSH', serverCpuMs: servers.cpuMs, stop: servers.stop };
}

/**
 * HOME is a folder without start-up files: what a person's shell does when it starts is no part of the figure.
 * @param {{ port: number, hostKey: string, authorizedKeys: string }} keys
 * @param {string[]} hosts
 */
function configuration({ port, hostKey, authorizedKeys }, hosts) {
  const settings = {
    Port: port,
    HostKey: hostKey,
    AuthorizedKeysFile: authorizedKeys,
    KexAlgorithms: algorithms.kex,
    Ciphers: algorithms.cipher,
    SetEnv: 'HOME=/nonexistent',
    StrictModes: 'no',
    UsePAM: 'no',
    UseDNS: 'no',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    MaxStartups: '10000:100:10000',
    PrintMotd: 'no',
    PrintLastLog: 'no',
    PidFile: 'none',
    LogLevel: 'ERROR',
  };
  const addresses = hosts.map((host) => `ListenAddress ${host}\n`);
  return [...Object.entries(settings).map(([name, value]) => `${name} ${value}\n`), ...addresses].join('');
}

/**
 * @param {readonly string[]} all
 * @param {number} size
 */
function chunks(all, size) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

/**
 * @param {string} host
 * @param {number} port
 */
async function listening(host, port) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await answers(host, port)) return;
    await delay(100);
  }
  throw new Error(`sshd does not listen on ${host}:${port}. Is openssh-server installed and the port free?`);
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.on('connect', () => socket.destroy()).on('error', () => {});
    socket.on('close', (failed) => resolve(!failed));
  });
}
