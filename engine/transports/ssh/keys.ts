import { createPrivateKey, sign } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import ssh2, { type ParsedKey } from 'ssh2';
import type { AskSecret } from '../../../core/plugin/transport.ts';
import { mostTries, secretQuestion } from './askAgain.ts';

/** A private key that can sign, or why there is none. */
export type LoadedKey = { ok: true; key: ParsedKey } | { ok: false; missing: boolean; message: string };

/** Private keys, each read, parsed and decrypted once. */
export type KeyStore = {
  /** An encrypted key asks for its passphrase; without somebody to ask it can not be used. */
  load(file: string, askSecret?: AskSecret): Promise<LoadedKey>;
  /** The public half, without a passphrase: from the .pub beside it, or from an unencrypted key. */
  publicKey(file: string): Promise<Uint8Array | undefined>;
};

type CachedKey = { version: string; loaded: LoadedKey; passphrase?: string };

/** `shorten` makes paths readable: `~/.ssh/id_ed25519`. */
export function createKeyStore(shorten: (path: string) => string): KeyStore {
  const cache = new Map<string, CachedKey>();
  const asking = new Map<string, Promise<LoadedKey>>();
  const recentVersionOf = createVersions();

  const unlock = async (file: string, text: Buffer, askSecret: AskSecret): Promise<LoadedKey> => {
    const name = shorten(file);
    let before: string | undefined;
    for (let tries = 1; ; tries++) {
      const passphrase = await askSecret(secretQuestion(`passphrase of ${name}`, tries));
      const version = await versionOf(file);
      if (passphrase === undefined || version === undefined) return refused(`${name} needs a passphrase`);
      const cached = cache.get(file);
      // Trying a passphrase takes a third of a second: one that was wrong is not tried again for every node.
      if (cached?.version === version && cached.passphrase === passphrase) return cached.loaded;
      const loaded = parse(text, name, passphrase);
      const isLast = loaded.ok || tries === mostTries || passphrase === before;
      before = passphrase;
      if (isLast) cache.set(file, { version, loaded, passphrase });
      if (isLast) return loaded;
    }
  };

  return {
    publicKey: async (file) => {
      const text =
        (await readFile(`${file}.pub`).catch(() => undefined)) ?? (await readFile(file).catch(() => ''));
      const parsed = ssh2.utils.parseKey(text);
      return parsed instanceof Error ? publicHalf(text.toString('latin1')) : parsed.getPublicSSH();
    },
    load: async (file, askSecret) => {
      const name = shorten(file);
      const version = await recentVersionOf(file);
      if (version === undefined) return { ok: false, missing: true, message: `there is no key ${name}` };
      const cached = cache.get(file);
      if (cached?.version === version && cached.loaded.ok) return cached.loaded;
      const text = await readFile(file).catch(() => undefined);
      if (!text) return refused(`the key ${name} may not be read`);
      if (!isEncrypted(text)) {
        const loaded = parse(text, name);
        cache.set(file, { version, loaded });
        return loaded;
      }
      if (!askSecret) return refused(`${name} needs a passphrase and nobody can be asked`);
      const id = `${file} ${version}`;
      // While this one read the file, another may have been given the passphrase.
      const unlocked = cache.get(file);
      if (unlocked?.version === version && unlocked.loaded.ok) return unlocked.loaded;
      const answer = asking.get(id) ?? unlock(file, text, askSecret).finally(() => asking.delete(id));
      asking.set(id, answer);
      return answer;
    },
  };
}

/**
 * The public key in a private key file of OpenSSH, which is readable where the rest is encrypted (openssh-portable,
 * PROTOCOL.key): a magic word, names of cipher and KDF, options of the KDF, the number of keys, the public key.
 */
function publicHalf(text: string): Uint8Array | undefined {
  const [, base64 = ''] = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(text) ?? [];
  const blob = Buffer.from(base64, 'base64');
  const magic = 'openssh-key-v1\0';
  if (blob.toString('latin1', 0, magic.length) !== magic) return undefined;
  let at = magic.length;
  const next = (): Buffer | undefined => {
    if (blob.length < at + 4) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    const part = end > blob.length ? undefined : blob.subarray(at + 4, end);
    at = end;
    return part;
  };
  const names = [next(), next(), next()];
  at += 4;
  return names.includes(undefined) ? undefined : next();
}

/** Milliseconds for which a look at a file counts: hundreds of connections begin together, and each would look. */
const freshMs = 100;

type Look = { readonly at: number; readonly version: Promise<string | undefined> };

/** Which version of a file there is; undefined where there is none. */
function createVersions(): (file: string) => Promise<string | undefined> {
  const looks = new Map<string, Look>();
  return (file) => {
    const now = performance.now();
    const known = looks.get(file);
    if (known && now - known.at < freshMs) return known.version;
    const version = versionOf(file);
    looks.set(file, { at: now, version });
    return version;
  };
}

async function versionOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? `${found.ino}-${found.size}-${found.mtimeMs}` : undefined;
}

function isEncrypted(text: Buffer): boolean {
  const parsed = ssh2.utils.parseKey(text);
  return parsed instanceof Error && /passphrase/i.test(parsed.message);
}

function parse(text: Buffer, name: string, passphrase?: string): LoadedKey {
  const parsed = ssh2.utils.parseKey(text, passphrase);
  if (parsed instanceof Error) {
    return refused(
      passphrase === undefined ? `${name} is no usable private key` : `wrong passphrase for ${name}`,
    );
  }
  if (!parsed.isPrivateKey()) return refused(`${name} is a public key; name the private one`);
  return { ok: true, key: signingFast(parsed) };
}

function refused(message: string): LoadedKey {
  return { ok: false, missing: false, message };
}

/** ssh2 parses the PEM again for every signature, eight times the cost of signing itself. */
function signingFast(key: ParsedKey): ParsedKey {
  const secret = createPrivateKey(key.getPrivatePEM());
  key.sign = (data, hash) => sign(hash ?? ownHash(key.type), Buffer.from(data), secret);
  return key;
}

/** The hash that belongs to a key type; RSA is always told which (RFC 8332). */
function ownHash(type: string): string | null {
  switch (type) {
    case 'ssh-ed25519':
      return null;
    case 'ecdsa-sha2-nistp256':
      return 'sha256';
    case 'ecdsa-sha2-nistp384':
      return 'sha384';
    case 'ecdsa-sha2-nistp521':
      return 'sha512';
    default:
      return 'sha1';
  }
}
