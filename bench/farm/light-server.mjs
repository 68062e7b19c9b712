// The light server of the cold bench where there is no Go: one process, many loopback addresses, on ssh2.
// `true` is answered without a process, everything else runs under /bin/sh in a session of its own.
// It prints "ready" when all addresses are bound and ends when its standard input does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import ssh2 from 'ssh2';

const text = /** @type {const} */ ({ type: 'string', default: '' });
const { values } = parseArgs({
  options: { hosts: text, port: text, 'host-key': text, authorized: text, kex: text, cipher: text },
});
const allowed = publicKey(values.authorized);
const configuration = /** @type {ssh2.ServerConfig} */ ({
  hostKeys: [readFileSync(values['host-key'])],
  algorithms: { kex: [values.kex], cipher: [values.cipher] },
});

const hosts = readFileSync(values.hosts, 'utf8').split('\n').filter(Boolean);
await Promise.all(hosts.map(listen));
console.log('ready');
process.stdin.on('end', () => process.exit()).resume();

/** @param {string} file */
function publicKey(file) {
  const key = ssh2.utils.parseKey(readFileSync(file));
  if (key instanceof Error) throw key;
  return key;
}

/** @param {string} host */
async function listen(host) {
  const server = new ssh2.Server(configuration, serve);
  server.listen(Number(values.port), host);
  await once(server, 'listening');
}

/** @param {ssh2.Connection} connection */
function serve(connection) {
  connection.on('error', () => {});
  connection.on('authentication', (attempt) => {
    if (attempt.method !== 'publickey' || !allowedKey(attempt.key.data)) return attempt.reject(['publickey']);
    if (!attempt.signature || !attempt.blob) return attempt.accept();
    // Typed as a boolean, yet an Error where the signature cannot be read (ssh2, lib/protocol/keyParser.js).
    const verified = /** @type {unknown} */ (
      allowed.verify(attempt.blob, attempt.signature, attempt.hashAlgo)
    );
    return verified === true ? attempt.accept() : attempt.reject();
  });
  connection.on('session', (accept) => {
    accept().on('exec', (acceptExec, _reject, { command }) => run(acceptExec(), command));
  });
}

/** @param {Buffer} key */
function allowedKey(key) {
  return allowed.getPublicSSH().equals(key);
}

/**
 * @param {ssh2.ServerChannel} channel
 * @param {string} command
 */
function run(channel, command) {
  const end = (/** @type {number} */ code) => {
    channel.exit(code);
    channel.end();
  };
  if (command === 'true') return end(0);
  const child = spawn('/bin/sh', ['-c', command], { detached: true });
  channel.pipe(child.stdin);
  child.stdin.on('error', () => {});
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on('close', (code) => end(code ?? 255));
}
