import type { Prompt } from './events.ts';
import type { Ledger } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { Plan, PlannedExecution, Target } from './plan.ts';

/** Watches logins: one that nodes refuse again and again is not tried on all the others, which may lock it. */
export type Logins = {
  /** What an execution waits for before it logs in; an outcome ends it. Undefined where it need not wait. */
  mayTry(planned: PlannedExecution, target: Target): Promise<Outcome | undefined> | undefined;
  /** Counts how a login ended. */
  count(target: Target, outcome: Outcome): void;
};

/** Refusals in a row after which a person is asked. */
const mostRefusals = 3;

type Login = { refusals: number; isLifted: boolean; verdict?: Promise<Outcome | undefined> };

export type GoOnQuestion = Omit<Extract<Prompt, { type: 'go-on' }>, 'type'>;
export type AskToGoOn = (question: GoOnQuestion, note: Ledger['note']) => Promise<boolean>;

/** Without somebody to ask, nodes with that login are not started. */
export function watchLogins(
  plan: Plan,
  { ledger, ask }: { ledger: Ledger; ask: AskToGoOn | undefined },
): Logins {
  const logins = new Map<string, Login>();
  const keys = new Map(plan.targets.map((target) => [target.node, loginOf(target)]));
  const tried = new Set<string>();
  const untried = (key: string): readonly string[] =>
    plan.executions.flatMap(({ id, node }) =>
      keys.get(node) === key && !tried.has(id) && !ledger.outcomeOf(id) ? [node] : [],
    );
  const decide = async (key: string, login: Login, message: string): Promise<Outcome | undefined> => {
    const goesOn = await ask?.({ message, nodes: [...untried(key)] }, ledger.note);
    if (!goesOn) return { status: 'not-started', reason: `${message}: stopped before the account is locked` };
    login.isLifted = true;
    delete login.verdict;
    return undefined;
  };
  return {
    mayTry({ id }, target) {
      const verdict = logins.get(loginOf(target))?.verdict;
      if (!verdict) tried.add(id);
      return verdict;
    },
    count(target, outcome) {
      const key = loginOf(target);
      const login = logins.get(key) ?? { refusals: 0, isLifted: false };
      logins.set(key, login);
      if (outcome.status === 'cancelled' || outcome.status === 'refused') return;
      if (outcome.status !== 'unreachable') login.refusals = 0;
      else if (outcome.kind === 'auth') login.refusals++;
      if (login.refusals < mostRefusals || login.isLifted || login.verdict) return;
      if (outcome.status !== 'unreachable' || untried(key).length === 0) return;
      login.verdict = decide(key, login, refusedBy(login.refusals, outcome.message));
    },
  };
}

/** `login as deploy refused by 3 nodes in a row (tried ED25519 key ~/.ssh/id)`. */
function refusedBy(nodes: number, message: string): string {
  const [said = '', ...more] = message.split('; ');
  return `${said} by ${nodes} nodes in a row${more.length > 0 ? ` (${more.join('; ')})` : ''}`;
}

/** Settings that say how to log in: nodes that share them share what is refused. */
function loginOf({ transport, options }: Target): string {
  return JSON.stringify([
    transport,
    options['user'],
    options['auth'],
    options['identityFiles'],
    options['identitiesOnly'],
  ]);
}
