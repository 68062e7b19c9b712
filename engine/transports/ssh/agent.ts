import ssh2, { type IdentityCallback, type ParsedKey } from 'ssh2';

/**
 * The agent at a socket, offering one key before all others: sshd hangs up after a few wrong ones (MaxAuthTries).
 * A class because ssh2 takes an agent only if it is made from its own.
 */
export class PreferringAgent extends ssh2.OpenSSHAgent {
  readonly #preferred: Uint8Array | undefined;

  constructor(socket: string, preferred: Uint8Array | undefined) {
    super(socket);
    this.#preferred = preferred;
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    const wanted = this.#preferred;
    super.getIdentities((error, keys) => {
      if (error || !keys || !wanted) return callback(error, keys);
      const rank = (key: ParsedKey): number => (key.getPublicSSH().equals(wanted) ? 0 : 1);
      callback(
        null,
        keys.filter(isParsed).sort((a, b) => rank(a) - rank(b)),
      );
    });
  }
}

/** All that an agent answers is; the types allow more. */
function isParsed(key: object): key is ParsedKey {
  return 'getPublicSSH' in key;
}
