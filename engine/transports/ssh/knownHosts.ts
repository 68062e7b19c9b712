import type { UnknownHostKey } from '../../../core/run/events.ts';
import { fingerprint, knownHostName } from './hostKey.ts';
import type { KnownHostsIndex, KnownKey } from './knownHostsIndex.ts';
import { appendLine, readIndex, type FileCache, type FileIndex, type TrustResult } from './knownHostsFile.ts';

/** A line that speaks about a key. */
export type KnownAt = {
  readonly file: string;
  readonly line: number;
  readonly keyType: string;
  readonly key: string;
};

/** What known_hosts says about a host's key. */
export type Verdict =
  | { type: 'known'; at: KnownAt | undefined }
  | { type: 'unknown' }
  | { type: 'changed'; at: KnownAt }
  | { type: 'revoked'; at: KnownAt }
  /** The host is known by certificate only, which ssh2 can not check. */
  | { type: 'authority'; at: KnownAt };

export type HostAddress = { readonly host: string; readonly port: number };

/** The known_hosts files that count for one connection, as they were when it began. */
export type HostKeyBook = {
  /** The file that takes new keys. */
  readonly file: string;
  /** Files that could not be read, and why. */
  readonly problems: readonly string[];
  verdict(address: HostAddress, key: Uint8Array): Verdict;
  /** How many lines have hashed names. */
  readonly hashed: number;
  /** Whether any line is about a host. */
  isKnown(address: HostAddress, which: 'readable' | 'all'): boolean;
  /** All lines about a host. */
  lines(address: HostAddress): readonly (KnownAt & { readonly kind: KnownKey['kind'] })[];
  /** Types of the keys that are known for a host. `readable` leaves out hashed names, which are slow to look up. */
  keyTypes(address: HostAddress, which: 'readable' | 'all'): readonly string[];
};

/** All that is known about host keys: in files, and said by a person since the start. */
export type KnownHosts = {
  /** With files, those alone count, the first takes new keys; else the person's and the system's. */
  open(files?: readonly string[]): Promise<HostKeyBook>;
  /** Trusts a key from now on, also where it can not be saved. */
  trust(key: UnknownHostKey): Promise<TrustResult>;
};

export type KnownHostsDeps = {
  /** The person's home folder. */
  home: string;
  /** Other files to read beside the person's own. */
  systemFiles?: readonly string[];
};

export function createKnownHosts(deps: KnownHostsDeps): KnownHosts {
  const own = `${deps.home}/.ssh/known_hosts`;
  const system = deps.systemFiles ?? ['/etc/ssh/ssh_known_hosts'];
  const cache: FileCache = new Map();
  const trusted = new Set<string>();
  let writing: Promise<unknown> = Promise.resolve();
  return {
    open: async (files) => {
      const names = files === undefined || files.length === 0 ? [own, ...system] : files;
      return openBook(await Promise.all(names.map((name) => readIndex(name, cache))), trusted);
    },
    trust: (key) => {
      const address = key.alias === undefined ? key : { host: key.alias, port: 22 };
      trusted.add(trustId(key.knownHosts, address, key.key));
      const line = `${knownHostName(address.host, address.port)} ${key.keyType} ${key.key}`;
      const written = writing.then(async (): Promise<TrustResult> => {
        const book = openBook([await readIndex(key.knownHosts, cache)], new Set());
        const { type } = book.verdict(address, Buffer.from(key.key, 'base64'));
        // Another batch may have been asked too.
        return type === 'known' ? { saved: true } : appendLine(key.knownHosts, line);
      });
      writing = written;
      return written;
    },
  };
}

function openBook(files: readonly FileIndex[], trusted: ReadonlySet<string>): HostKeyBook {
  const file = files[0]?.file ?? '';
  const gather = (pick: (index: KnownHostsIndex) => readonly KnownKey[]): Found[] =>
    files.flatMap(({ file, index }) => pick(index).map((known) => ({ ...known, file })));
  const named = (address: HostAddress, which: 'readable' | 'all'): Found[] =>
    gather((index) => index.withName(knownHostName(address.host, address.port), which));
  return {
    file,
    hashed: files.reduce((sum, { index }) => sum + index.hashed, 0),
    isKnown: (address, which) =>
      [...new Set([address.port, 22])].some((port) => named({ ...address, port }, which).length > 0),
    problems: files.flatMap(({ problem }) => problem ?? []),
    lines: (address) => named(address, 'all'),
    keyTypes: (address, which) => [
      ...new Set(named(address, which).flatMap((each) => (each.kind === 'plain' ? [each.keyType] : []))),
    ],
    verdict: (address, key) => {
      const base64 = Buffer.from(key).toString('base64');
      const name = knownHostName(address.host, address.port);
      // Like ssh, a key that is known for the bare name is good on any port.
      const names = [name, knownHostName(address.host, 22)];
      const mine = gather((index) => index.withKey(base64, names));
      const revoked = mine.find((each) => each.kind === 'revoked');
      if (revoked) return { type: 'revoked', at: revoked };
      const known = mine.find((each) => each.kind === 'plain');
      if (known) return { type: 'known', at: known };
      if (trusted.has(trustId(file, address, base64))) return { type: 'known', at: undefined };
      const others = named(address, 'all');
      const other = others.find((each) => each.kind === 'plain');
      if (other) return { type: 'changed', at: other };
      const authority = names
        .flatMap((each) => gather((index) => index.withName(each, 'all')))
        .find((each) => each.kind === 'authority');
      return authority ? { type: 'authority', at: authority } : { type: 'unknown' };
    },
  };
}

type Found = KnownKey & { readonly file: string };

function trustId(file: string, address: HostAddress, key: string): string {
  return JSON.stringify([file, knownHostName(address.host, address.port), key]);
}

/** Why a connection is refused, in the words for people; undefined where it is not. */
export function refusal(verdict: Verdict, name: string, key: Uint8Array): string | undefined {
  switch (verdict.type) {
    case 'known':
      return undefined;
    case 'unknown':
      return `host key of ${name} is not known: ${fingerprint(key)}`;
    case 'changed':
      return (
        `${name} shows another host key than the one you know. Not connected. ` +
        `Shown: ${fingerprint(key)}. Known: ${fingerprint(Buffer.from(verdict.at.key, 'base64'))} ` +
        `(${verdict.at.file}:${verdict.at.line}). ` +
        'Only if you know why (a new installation, say): remove the line, then run again.'
      );
    case 'revoked':
      return `the host key of ${name} is revoked (${verdict.at.file}:${verdict.at.line}): ${fingerprint(key)}. Not connected.`;
    case 'authority':
      return (
        `${name} is known by a host certificate (${verdict.at.file}:${verdict.at.line}), which the ssh transport can not check. ` +
        'Use the openssh transport for it.'
      );
  }
}
