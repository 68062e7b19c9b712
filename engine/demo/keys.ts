import ssh2 from 'ssh2';

/** An SSH key pair: the private half in OpenSSH format, the public one as `type base64`. */
export type KeyPair = { readonly private: string; readonly public: string };

/** ssh2 1.17 writes about one Ed25519 key in 400 in a form that it can not read back: then another one is made. */
export function newKeyPair(): KeyPair {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    if (ssh2.utils.parseKey(pair.private) instanceof Error) continue;
    return { private: pair.private, public: pair.public.split(' ').slice(0, 2).join(' ') };
  }
}
