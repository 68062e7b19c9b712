import ssh2, { type IdentityCallback, type ParsedKey } from 'ssh2';

/** Which of its keys an agent offers. */
export type Offer = {
  /** Public keys to offer before all others, in this order. */
  readonly first: readonly Uint8Array[];
  /** What becomes of the agent's other keys. */
  readonly others: 'after' | 'never';
  /** The agent does not answer. */
  readonly failed: () => void;
};

/**
 * The agent at a socket, offering some keys before all others, or alone: sshd hangs up after a few wrong ones
 * (MaxAuthTries). A class because ssh2 takes an agent only if it is made from its own.
 */
export class SelectiveAgent extends ssh2.OpenSSHAgent {
  readonly #offer: Offer;

  constructor(socket: string, offer: Offer) {
    super(socket);
    this.#offer = offer;
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    const { first, others, failed } = this.#offer;
    super.getIdentities((error, keys) => {
      if (error || !keys) {
        failed();
        return callback(error, keys);
      }
      const all = keys.filter(isParsed);
      const named = first.flatMap((wanted) => all.filter((key) => key.getPublicSSH().equals(wanted)));
      const rest = others === 'after' ? all.filter((key) => !named.includes(key)) : [];
      callback(null, [...new Set([...named, ...rest])]);
    });
  }
}

/** All that an agent answers is; the types allow more. */
function isParsed(key: object): key is ParsedKey {
  return 'getPublicSSH' in key;
}
