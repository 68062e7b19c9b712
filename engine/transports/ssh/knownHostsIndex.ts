import { createHmac } from 'node:crypto';
import { keyTypeOf } from './hostKey.ts';

/** One usable line of a known_hosts file. */
export type KnownKey = {
  readonly line: number;
  readonly kind: 'plain' | 'revoked' | 'authority';
  readonly keyType: string;
  /** Base64, as in the file. */
  readonly key: string;
  readonly matches: (name: string) => boolean;
  /** A single hashed name: its lookup is slow. */
  readonly hashed: boolean;
};

/** A known_hosts file, parsed once. */
export type KnownHostsIndex = {
  /** How many lines have a hashed name. */
  readonly hashed: number;
  /** Lines with this key for any of these names, the first line first. Nodes made of one image may all have one key. */
  withKey(key: string, names: readonly string[]): readonly KnownKey[];
  /** Lines for this name. `readable` leaves out hashed names, of which each costs an HMAC. */
  withName(name: string, which: 'readable' | 'all'): readonly KnownKey[];
};

/** Reads the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. Lines that say nothing usable are passed over, as ssh does. */
export function parseKnownHosts(text: string): KnownHostsIndex {
  const byKeyAndName = new Map<string, KnownKey[]>();
  /** Patterns and hashed names, which have to be tried. */
  const byKey = new Map<string, KnownKey[]>();
  const byName = new Map<string, KnownKey[]>();
  const patterns: KnownKey[] = [];
  const hashed: KnownKey[] = [];
  text.split('\n').forEach((line, at) => {
    const parsed = parseLine(line, at + 1);
    if (!parsed) return;
    const { known, names } = parsed;
    if (names) {
      for (const name of names) append(byName, name, known);
      for (const name of names) append(byKeyAndName, `${known.key} ${name}`, known);
    } else {
      append(byKey, known.key, known);
      (known.hashed ? hashed : patterns).push(known);
    }
  });
  const hashedByName = new Map<string, readonly KnownKey[]>();
  const inHashed = (name: string): readonly KnownKey[] => {
    const found = hashedByName.get(name) ?? hashed.filter((known) => known.matches(name));
    hashedByName.set(name, found);
    return found;
  };
  return {
    hashed: hashed.length,
    withKey: (key, names) => {
      const plain = names.flatMap((name) => byKeyAndName.get(`${key} ${name}`) ?? []);
      const tried = (byKey.get(key) ?? []).filter((known) => names.some(known.matches));
      return [...new Set([...plain, ...tried])].sort((a, b) => a.line - b.line);
    },
    withName: (name, which) => [
      ...(byName.get(name) ?? []),
      ...patterns.filter((known) => known.matches(name)),
      ...(which === 'all' ? inHashed(name) : []),
    ],
  };
}

const kinds: Readonly<Record<string, KnownKey['kind']>> = Object.assign(Object.create(null), {
  '@revoked': 'revoked',
  '@cert-authority': 'authority',
});

/** `names` where the line lists plain names only, so that an index can find them. */
function parseLine(line: string, number: number): { known: KnownKey; names?: readonly string[] } | undefined {
  const fields = line.trim().split(/[ \t]+/);
  const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined;
  const kind = marker === undefined ? 'plain' : kinds[marker];
  const [hosts, keyType, key] = fields;
  if (!kind || !hosts || hosts.startsWith('#') || !keyType || !key) return undefined;
  const blob = Buffer.from(key, 'base64');
  if (keyTypeOf(blob) !== keyType) return undefined;
  const known = { line: number, kind, keyType, key: blob.toString('base64') };
  if (hosts.startsWith('|')) {
    const matches = hashedName(hosts);
    return matches && { known: { ...known, matches, hashed: true } };
  }
  const names = hosts.toLowerCase().split(',');
  const isPlain = names.every((name) => !/[*?!]/.test(name));
  const matches = isPlain ? (name: string) => names.includes(name) : patternList(names);
  return { known: { ...known, matches, hashed: false }, ...(isPlain && { names: [...new Set(names)] }) };
}

/** `|1|salt|hash`: HMAC-SHA1 of the name. */
function hashedName(field: string): ((name: string) => boolean) | undefined {
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(field) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const key = Buffer.from(salt, 'base64');
  return (name) => createHmac('sha1', key).update(name).digest('base64') === hash;
}

/** Wildcards `*` and `?`; a match of one that starts with `!` rules the whole line out. */
function patternList(patterns: readonly string[]): (name: string) => boolean {
  const wanted = patterns.filter((each) => !each.startsWith('!')).map(wildcard);
  const unwanted = patterns.filter((each) => each.startsWith('!')).map((each) => wildcard(each.slice(1)));
  return (name) => !unwanted.some((each) => each(name)) && wanted.some((each) => each(name));
}

/** Linear in time: goes back to the last `*` only, so that no pattern can make it slow. */
function wildcard(pattern: string): (name: string) => boolean {
  return (name) => {
    let p = 0;
    let n = 0;
    let star = -1;
    let resume = 0;
    while (n < name.length) {
      if (pattern[p] === '*') {
        star = p++;
        resume = n;
      } else if (pattern[p] === '?' || pattern[p] === name[n]) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else return false;
    }
    while (pattern[p] === '*') p++;
    return p === pattern.length;
  };
}

function append(map: Map<string, KnownKey[]>, key: string, known: KnownKey): void {
  const list = map.get(key);
  if (list) list.push(known);
  else map.set(key, [known]);
}
