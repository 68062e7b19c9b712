import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstOutput, serverProcesses } from './children.mjs';
import { algorithms, loopbackAddresses, makeKeys } from './farm.mjs';

const goSource = fileURLToPath(new URL('./light/main.go', import.meta.url));
const nodeServer = fileURLToPath(new URL('./light-server.mjs', import.meta.url));
/** Where Debian's golang-golang-x-crypto-dev puts the library. */
const debianGoPath = '/usr/share/gocode';

/**
 * One light server process on many loopback addresses: in Go where the compiler and the library are there,
 * otherwise in Node on ssh2, which costs about as much CPU as the client under test and so hides some of it.
 * @param {string} folder
 * @param {{ nodes: number, port: number, answersWrapped?: boolean }} size `answersWrapped`: muster's wrapper around
 *   `true` costs it no process either (in Go only)
 */
export async function startLight(folder, { nodes, port, answersWrapped = false }) {
  const keys = makeKeys(folder, { hosts: loopbackAddresses(nodes), port });
  const list = join(folder, 'listen');
  writeFileSync(list, keys.hosts.map((host) => `${host}\n`).join(''));
  const args = Object.entries({
    hosts: list,
    port,
    'host-key': keys.hostKey,
    authorized: keys.authorizedKeys,
    kex: algorithms.kex,
    cipher: algorithms.cipher,
  }).flatMap(([name, value]) => [`--${name}`, `${value}`]);

  const program = build(join(folder, 'light'));
  const servers = serverProcesses();
  const child = program
    ? servers.start(program, answersWrapped ? [...args, '--answer-wrapped'] : args)
    : servers.start(process.execPath, [nodeServer, ...args]);
  await firstOutput(child);
  const note = program
    ? 'Go, golang.org/x/crypto'
    : 'Node, ssh2: install golang-go and golang-golang-x-crypto-dev for a lighter one';
  return {
    ...keys,
    name: /** @type {const} */ ('light'),
    note,
    serverCpuMs: servers.cpuMs,
    stop: servers.stop,
  };
}

/**
 * @param {string} program file to make
 * @returns {string | undefined} undefined where Go or its library is missing
 */
function build(program) {
  const environment = { ...process.env, GO111MODULE: 'off', GOPATH: debianGoPath };
  const { status } = spawnSync('go', ['build', '-o', program, goSource], {
    env: environment,
    stdio: 'ignore',
  });
  return status === 0 ? program : undefined;
}
