import { createHash } from 'node:crypto';
import type { Digest } from '../core/util/digest.ts';

/** SHA-256 (FIPS 180-4) of what comes piece by piece; base64url. */
export function sha256(): Digest {
  const hash = createHash('sha256');
  return { update: (data) => void hash.update(data), end: () => hash.digest('base64url') };
}
