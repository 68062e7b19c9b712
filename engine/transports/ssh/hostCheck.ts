import { basename } from 'node:path';
import { fingerprint, keyTypeOf } from './hostKey.ts';
import { refusal, type HostAddress, type HostKeyBook, type Verdict } from './knownHosts.ts';
import { unreachable, type Failure } from './step.ts';

/** Watches the host keys of one connection. */
export type HostCheck = {
  /** ssh2 asks again at every rekey: then only the key that was accepted first will do. */
  verify(key: Uint8Array): boolean;
  /** Why the connection was refused at its beginning. */
  failure(): Failure | undefined;
  verdict(): Verdict | undefined;
  /** Whether a rekey brought another key. */
  swapped(): string | undefined;
  /** Where the key was found, such as `known_hosts:118`. */
  place(): string | undefined;
};

export function createHostCheck(address: HostAddress, book: HostKeyBook): HostCheck {
  let first: { key: Buffer; verdict: Verdict } | undefined;
  let swapped: string | undefined;
  return {
    verify: (key) => {
      if (first) {
        const isSame = first.verdict.type === 'known' && first.key.equals(key);
        if (!isSame) swapped = fingerprint(key);
        return isSame;
      }
      first = { key: Buffer.from(key), verdict: book.verdict(address, key) };
      return first.verdict.type === 'known';
    },
    failure: () => first && failureOf(first.key, first.verdict, { address, book }),
    verdict: () => first?.verdict,
    swapped: () => swapped,
    place: () => {
      const at = first?.verdict.type === 'known' ? first.verdict.at : undefined;
      return at && `${basename(at.file)}:${at.line}`;
    },
  };
}

function failureOf(
  key: Buffer,
  verdict: Verdict,
  { address, book }: { address: HostAddress; book: HostKeyBook },
): Failure | undefined {
  const message = refusal(verdict, address.host, key);
  if (message === undefined) return undefined;
  const problems = verdict.type === 'unknown' ? book.problems.map((each) => ` (${each})`) : [];
  const failure = unreachable('host-key', message + problems.join(''));
  if (verdict.type !== 'unknown') return failure;
  return {
    ...failure,
    unknownHostKey: {
      ...address,
      keyType: keyTypeOf(key) ?? 'unknown',
      fingerprint: fingerprint(key),
      key: key.toString('base64'),
      knownHosts: book.file,
    },
  };
}
