import type { ParsedKey } from 'ssh2';

/**
 * With a key in memory ssh2 1.17 asks first whether the node would take it, and signs when it has the answer: a round
 * trip more. A login may go out signed at once (RFC 4252, 7). That is done where signing costs next to nothing; RSA takes
 * milliseconds for each key that a node does not want. ssh2 has no setting for it: where its protocol is another, nothing
 * changes.
 *
 * @param client a client of ssh2 that has begun to connect
 */
export function signAtOnce(client: object): void {
  const protocol: unknown = Reflect.get(client, '_protocol');
  if (typeof protocol !== 'object' || protocol === null) return;
  const ask: unknown = Reflect.get(protocol, 'authPK');
  if (typeof ask !== 'function') return;
  const askOrSign = (...given: readonly unknown[]): unknown => {
    const [user, key, algorithm, signer] = given;
    const args = [user, key, algorithm];
    if (signer !== undefined || !isCheapSigner(key)) return Reflect.apply(ask, protocol, [...args, signer]);
    const signAndUse = (data: Buffer, use: (signature: Buffer) => void): void => {
      const signature: unknown = key.sign(data);
      if (Buffer.isBuffer(signature)) use(signature);
      else Reflect.apply(ask, protocol, args);
    };
    return Reflect.apply(ask, protocol, [...args, signAndUse]);
  };
  Reflect.set(protocol, 'authPK', askOrSign);
}

/** A private key in memory that signs in microseconds; those of an agent have no private part here. */
function isCheapSigner(key: unknown): key is ParsedKey {
  if (typeof key !== 'object' || key === null || !('type' in key) || !('isPrivateKey' in key)) return false;
  const { type, isPrivateKey } = key;
  const isCheap = typeof type === 'string' && (type === 'ssh-ed25519' || type.startsWith('ecdsa-'));
  return isCheap && typeof isPrivateKey === 'function' && isPrivateKey.call(key) === true;
}
