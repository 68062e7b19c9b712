import { basename } from 'node:path';
import { fingerprint, keyTypeOf, knownHostName } from './hostKey.ts';
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
  /** Whether files, as they are now, know the key that was accepted. */
  isKnownIn(book: HostKeyBook): boolean;
  /** Where the key was found, such as `known_hosts:118`. */
  place(): string | undefined;
};

/** An endpoint, and the name under which known_hosts knows it where that is another. */
export type CheckedHost = HostAddress & { readonly alias?: string | undefined };

/** What known_hosts is asked for. An alias stands for the endpoint on any port (ssh_config(5), HostKeyAlias). */
export function knownAddress({ host, port, alias }: CheckedHost): HostAddress {
  return alias === undefined ? { host, port } : { host: alias, port: 22 };
}

/** `isLook`: no key will do, the connection ends when it has been shown. */
export function createHostCheck(
  checked: CheckedHost,
  { book, isLook }: { book: HostKeyBook; isLook: boolean },
): HostCheck {
  const address = knownAddress(checked);
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
      return first.verdict.type === 'known' && !isLook;
    },
    failure: () => first && failureOf(first.key, first.verdict, { checked, book }),
    verdict: () => first?.verdict,
    swapped: () => swapped,
    isKnownIn: (now) => first !== undefined && now.verdict(address, first.key).type === 'known',
    place: () => {
      const at = first?.verdict.type === 'known' ? first.verdict.at : undefined;
      return at && `${basename(at.file)}:${at.line}`;
    },
  };
}

function failureOf(
  key: Buffer,
  verdict: Verdict,
  { checked, book }: { checked: CheckedHost; book: HostKeyBook },
): Failure | undefined {
  const { host, port, alias } = checked;
  const name = knownHostName(host, port);
  const message = refusal(verdict, alias === undefined ? name : `${name} (${alias} in known_hosts)`, key);
  if (message === undefined) return undefined;
  const problems = verdict.type === 'unknown' ? book.problems.map((each) => ` (${each})`) : [];
  const failure = unreachable('host-key', message + problems.join(''));
  if (verdict.type !== 'unknown') return failure;
  return {
    ...failure,
    unknownHostKey: {
      host,
      port,
      ...(alias !== undefined && { alias }),
      keyType: keyTypeOf(key) ?? 'unknown',
      fingerprint: fingerprint(key),
      key: key.toString('base64'),
      knownHosts: book.file,
    },
  };
}
