import type { Connected, Session } from '../plugin/transport.ts';
import type { Outcome } from './outcome.ts';

/** The way to a node: at most one session at a time. */
export type Line = {
  readonly session: Session;
  /** Opens another session in the place of the one before; or says why there is none. */
  reopen(): Promise<Outcome | undefined>;
  /** Closes what is open. */
  release(): Promise<void>;
};

/** A way to a node; `connect` reaches it again. */
export function createLine(first: Session | undefined, connect: () => Promise<Connected | Outcome>): Line {
  let session = first;
  let isOpen = first !== undefined;
  const release = async (): Promise<void> => {
    if (!isOpen || !session) return;
    isOpen = false;
    await closeSession(session);
  };
  return {
    get session() {
      if (!session) throw new Error('the way to the node was never opened');
      return session;
    },
    release,
    async reopen() {
      await release();
      const connected = await connect();
      if ('status' in connected) return connected;
      if (!connected.ok) return connected.outcome;
      session = connected.session;
      isOpen = true;
      return undefined;
    },
  };
}

/** Closing is the transport's affair: it must not hold up, nor change, an outcome that is known. */
export async function closeSession(session: Session): Promise<void> {
  try {
    await session[Symbol.asyncDispose]();
  } catch {
    // The outcome stands; a connection that can not be closed is gone anyway.
  }
}
