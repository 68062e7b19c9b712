import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import type { HostKeysQuery, KnownHostKey } from '../../../core/protocol/hostKeys.ts';
import { knownAddress } from './hostCheck.ts';
import { fingerprint } from './hostKey.ts';
import { createKnownHosts } from './knownHosts.ts';

/** What `known_hosts` says of an endpoint, to be shown: hashed names are looked up too. Paths that lead nowhere say nothing. */
export async function knownKeys(
  { host, port, alias, files }: HostKeysQuery,
  home = homedir(),
): Promise<readonly KnownHostKey[]> {
  const named = files.map((file) => (file.startsWith('~/') ? home + file.slice(1) : file)).filter(isAbsolute);
  const book = await createKnownHosts({ home }).open(named);
  return book.lines(knownAddress({ host, port, alias })).map(({ file, line, keyType, key, kind }) => ({
    type: keyType,
    fingerprint: fingerprint(Buffer.from(key, 'base64')),
    kind,
    file,
    line,
  }));
}
