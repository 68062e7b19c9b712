import { createHash } from 'node:crypto';

/** `SHA256:` and unpadded base64, as `ssh-keygen -l` prints. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type that a public key says it is: the first string of its blob (RFC 4253, 6.6). */
export function keyTypeOf(key: Uint8Array): string | undefined {
  const blob = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  if (blob.length < 4) return undefined;
  const length = blob.readUInt32BE(0);
  return length > 64 || blob.length < 4 + length ? undefined : blob.toString('latin1', 4, 4 + length);
}

/** What known_hosts calls a host: `[host]:port` unless the port is 22 (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}
