import type { GivenPassword } from '../plugin/transport.ts';

/** Asks a person; undefined where none is given. `refusedOn` is the node that refused the one before. */
export type AskPerson = (refusedOn: string | undefined) => Promise<string | undefined>;

type Asker = { readonly account: string; readonly node: string; readonly ask: AskPerson };

export type Passwords = {
  /** The password of an account, for one node; undefined where no person gave one. */
  give(asker: Asker): Promise<GivenPassword | undefined>;
};

/** `trying`: one node has it, the others wait, so that a wrong password is tried once and does not lock an account. */
type State =
  | { type: 'none'; refusedOn: string | undefined }
  | { type: 'trying' }
  | { type: 'untested' | 'proven'; secret: string }
  | { type: 'declined' };

/** The passwords of one batch by account: asked once, tried on one node first, asked again after a refusal. */
export function createPasswords(): Passwords {
  const accounts = new Map<string, ReturnType<typeof createAccount>>();
  return {
    give(asker) {
      const account = accounts.get(asker.account) ?? createAccount();
      accounts.set(asker.account, account);
      return account(asker);
    },
  };
}

function createAccount(): (asker: Asker) => Promise<GivenPassword | undefined> {
  let state: State = { type: 'none', refusedOn: undefined };
  let changed = Promise.withResolvers<void>();
  const become = (next: State): void => {
    state = next;
    changed.resolve();
    changed = Promise.withResolvers();
  };
  return async ({ account, node, ask }) => {
    while (state.type === 'trying') await changed.promise;
    if (state.type === 'declined') return undefined;
    if (state.type === 'none') {
      const { refusedOn } = state;
      become({ type: 'trying' });
      const secret = await ask(refusedOn);
      if (secret !== undefined) return given(secret);
      become({ type: 'declined' });
      return undefined;
    }
    const { secret } = state;
    if (state.type === 'untested') become({ type: 'trying' });
    return given(secret);

    function given(secret: string): GivenPassword {
      let open = true;
      const once = (next: (before: State) => State) => (): void => {
        if (open) become(next(state));
        open = false;
      };
      return {
        secret,
        account,
        accepted: once((before) => (isNewer(before) ? before : { type: 'proven', secret })),
        refused: once((before) => (isNewer(before) ? before : { type: 'none', refusedOn: node })),
        unused: once((before) => (before.type === 'trying' ? { type: 'untested', secret } : before)),
      };

      /** Another password has been given since. */
      function isNewer(before: State): boolean {
        return 'secret' in before && before.secret !== secret;
      }
    }
  };
}
