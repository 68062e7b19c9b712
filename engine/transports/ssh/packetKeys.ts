import { createSecretKey, KeyObject } from 'node:crypto';

/**
 * With AES-GCM, ssh2 1.17 makes a new cipher for every packet and gives it the key as bytes, which Node 24 takes 9 µs to
 * make out; a KeyObject takes none. ssh2 has no setting for it: where its fields are others, nothing changes.
 *
 * @param client a client of ssh2 that has agreed on keys
 */
export function rememberPacketKeys(client: object): void {
  const protocol = fieldOf(client, '_protocol');
  replaceKey(fieldOf(protocol, '_cipher'), '_encKey');
  replaceKey(fieldOf(protocol, '_decipher'), '_decipherKey');
}

function replaceKey(cipher: unknown, field: string): void {
  const key = fieldOf(cipher, field);
  if (
    typeof cipher !== 'object' ||
    cipher === null ||
    key instanceof KeyObject ||
    !(key instanceof Uint8Array)
  )
    return;
  Reflect.set(cipher, field, createSecretKey(key));
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}
