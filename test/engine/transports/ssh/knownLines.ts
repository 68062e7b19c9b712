import { createHmac } from 'node:crypto';

/** A key of 32 equal bytes in the form of RFC 8709, section 4, as base64. */
const key = Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 7),
]).toString('base64');

/** A line of a known_hosts file. */
export function keyLine(names: string): string {
  return `${names} ssh-ed25519 ${key}`;
}

/** The same with a hashed name (ssh-keygen(1), -H). */
export function hashedLine(name: string): string {
  const salt = Buffer.alloc(20, 3);
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return keyLine(`|1|${salt.toString('base64')}|${hash}`);
}
