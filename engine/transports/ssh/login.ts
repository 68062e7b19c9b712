import { type AnyAuthMethod, type AuthHandlerMiddleware } from 'ssh2';
import type { SshHop } from '../../../core/plugin/options.ts';
import type { AskSecret, SecretQuestion } from '../../../core/plugin/transport.ts';
import { visible } from '../../../core/util/visible.ts';
import { SelectiveAgent } from './agent.ts';
import { mostTries, secretQuestion } from './askAgain.ts';
import type { KeyStore } from './keys.ts';
import type { Way } from './step.ts';

export type LoginDeps = {
  keys: KeyStore;
  /** Absent where no agent runs. */
  agentSocket?: string | undefined;
  /** Keys to try where none is named. */
  defaultKeys: readonly string[];
  /** Makes paths readable: `~/.ssh/id_ed25519`. */
  shorten: (path: string) => string;
};

/** Logging in to one endpoint: what to try next, and what to say about it afterwards. */
export type Login = {
  readonly handler: AuthHandlerMiddleware;
  /** The way that is being tried, and in the end the one that worked. */
  current(): string | undefined;
  /** Why nothing worked. */
  failure(): string;
};

type Candidate = { label: string; needs: string; method: AnyAuthMethod };
type Progress = {
  tried: string[];
  passed: string[];
  accepted: readonly string[] | undefined;
  /** Ways that were taken by a node that wants another one as well. */
  passedFactors: number;
};
type Account = { user: string; host: string };

/** Ways are tried in the order of the options; keys are read and secrets asked for only when their turn comes. */
export function createLogin(
  endpoint: SshHop & { user: string },
  deps: LoginDeps,
  { askSecret, debug }: Pick<Way, 'askSecret' | 'debug'>,
): Login {
  const { user, host } = endpoint;
  const progress: Progress = { tried: [], passed: [], accepted: undefined, passedFactors: 0 };
  const candidates = eachCandidate(endpoint, deps, { progress, askSecret });
  const next = async (): Promise<AnyAuthMethod | false> => {
    for await (const candidate of continued(candidates)) {
      if (progress.accepted && !progress.accepted.includes(candidate.needs)) continue;
      progress.tried.push(candidate.label);
      debug?.(`login as ${user}: trying ${candidate.label}`);
      return candidate.method;
    }
    return false;
  };
  return {
    handler: (accepted, partialSuccess, proceed) => {
      // ssh2 gives null before the first try.
      progress.accepted = accepted ?? progress.accepted;
      if (partialSuccess) progress.passedFactors++;
      void next().then(
        // `false` is how ssh2 is told that there is nothing more; its types do not know.
        (method) => proceed(method as AnyAuthMethod),
        (error: unknown) => {
          progress.passed.push(String(error));
          proceed(false as unknown as AnyAuthMethod);
        },
      );
    },
    current: () => progress.tried.at(-1),
    failure: () => failureMessage({ user, host }, progress),
  };
}

function failureMessage({ user }: Account, { tried, passed, accepted }: Progress): string {
  const rest = passed.length > 0 ? `; ${passed.join('; ')}` : '';
  if (tried.length === 0) return `no way to log in as ${user}${rest || ': none is configured'}`;
  const offers = accepted?.length ? `; the node accepts ${visible(accepted.join(', ')).slice(0, 200)}` : '';
  return `login as ${user} refused; tried ${[...new Set(tried)].join(', ')}${offers}${rest}`;
}

/** The rest of a generator: leaving a loop over it must not end it. */
function continued<T>(generator: AsyncGenerator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => generator.next() }) };
}

type Asking = { progress: Progress; askSecret: AskSecret | undefined };

async function* eachCandidate(
  endpoint: SshHop & { user: string },
  deps: LoginDeps,
  asking: Asking,
): AsyncGenerator<Candidate> {
  for (const way of endpoint.auth) {
    if (way === 'agent') yield* withAgent(endpoint, deps, asking);
    else if (way === 'key') yield* withKeys(endpoint, deps, asking);
    else yield* withPassword(endpoint, asking);
  }
  // A second factor is the node's wish, not a way that anybody chose.
  if (asking.progress.passedFactors > 0 && !endpoint.auth.includes('password'))
    yield* withPassword(endpoint, asking);
}

async function* withAgent(
  { user, identityFiles, identitiesOnly = false }: SshHop & { user: string },
  deps: LoginDeps,
  { progress }: Asking,
): AsyncGenerator<Candidate> {
  if (deps.agentSocket === undefined) {
    progress.passed.push('no agent is running');
    return;
  }
  const files = identitiesOnly && identityFiles.length === 0 ? deps.defaultKeys : identityFiles;
  const publicKeys = await Promise.all(files.map((file) => deps.keys.publicKey(file)));
  const first = publicKeys.filter((key) => key !== undefined);
  if (identitiesOnly && first.length === 0) {
    progress.passed.push(
      'the agent is not asked: identitiesOnly, and there is no public half of a listed key',
    );
    return;
  }
  const silent = `the agent at ${deps.shorten(deps.agentSocket)} does not answer`;
  const agent = new SelectiveAgent(deps.agentSocket, {
    first,
    others: identitiesOnly ? 'never' : 'after',
    failed: () => void progress.passed.push(silent),
  });
  yield { label: 'agent', needs: 'publickey', method: { type: 'agent', username: user, agent } };
}

async function* withKeys(
  { user, identityFiles }: SshHop & { user: string },
  { keys, defaultKeys, shorten }: LoginDeps,
  { progress, askSecret }: Asking,
): AsyncGenerator<Candidate> {
  let found = false;
  const isNamed = identityFiles.length > 0;
  for (const file of isNamed ? identityFiles : defaultKeys) {
    const loaded = await keys.load(file, askSecret);
    if (loaded.ok) {
      const { key } = loaded;
      const label = `${keyName(key.type)} key ${shorten(file)}`;
      yield { label, needs: 'publickey', method: { type: 'publickey', username: user, key } };
    } else if (isNamed || !loaded.missing) progress.passed.push(loaded.message);
    found ||= loaded.ok || !loaded.missing;
  }
  if (!found && !isNamed) progress.passed.push('there is no key in ~/.ssh');
}

/**
 * A password that the node does not take as such may still answer its questions. One that is wrong is asked for again,
 * as long as the node lets us try and a person answers.
 */
async function* withPassword(account: Account, asking: Asking): AsyncGenerator<Candidate> {
  const { progress, askSecret } = asking;
  const takes = (way: string): boolean => progress.accepted?.includes(way) ?? false;
  if (progress.accepted && !takes('password') && !takes('keyboard-interactive')) return;
  if (!askSecret) {
    progress.passed.push('nobody can be asked for a password');
    return;
  }
  const name = `${account.user}@${account.host}`;
  const { passedFactors } = progress;
  const isTaken = (): boolean => progress.passedFactors > passedFactors;
  const sent = new Set<string>();
  let isDeclined = false;
  const ask = async (question: SecretQuestion): Promise<string | undefined> => {
    const answer = await askSecret(question);
    isDeclined ||= answer === undefined;
    return answer;
  };
  for (let tries = 1; tries <= mostTries; tries++) {
    const password = once(async () => {
      const given = await ask(secretQuestion(`password for ${name}`, tries));
      // What the node has refused is not sent again: it would only bring the account nearer to being locked.
      isDeclined ||= given !== undefined && sent.has(given);
      sent.add(given ?? '');
      return isDeclined ? undefined : given;
    });
    if (!progress.accepted || takes('password')) {
      const given = await password();
      if (given === undefined) {
        progress.passed.push(tries === 1 ? 'no password was given' : 'no other password was given');
        return;
      }
      yield byPassword(account, given);
      if (takes('password') && isTaken()) return;
      if (takes('password')) continue;
    }
    yield byQuestions(account, (prompts) =>
      answers(prompts, password, (question) => ask({ label: `${question} for ${name}`, isOnce: true })),
    );
    if (isDeclined || isTaken()) return;
  }
}

function byPassword({ user }: Account, password: string): Candidate {
  return { label: 'password', needs: 'password', method: { type: 'password', username: user, password } };
}

function byQuestions({ user }: Account, answer: (prompts: Prompts) => Promise<string[]>): Candidate {
  const method: AnyAuthMethod = {
    type: 'keyboard-interactive',
    username: user,
    prompt: (...[, , , prompts, finish]) => void answer(prompts).then(finish, () => finish([])),
  };
  return { label: 'keyboard-interactive', needs: 'keyboard-interactive', method };
}

type Prompts = readonly { prompt: string; echo?: boolean }[];

/** The password is asked for when the node first wants it. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

/** One hidden question, or one that says so, is the password; any other goes to a person, each time. */
async function answers(
  prompts: Prompts,
  password: () => Promise<string | undefined>,
  ask: (question: string) => Promise<string | undefined>,
): Promise<string[]> {
  const given: string[] = [];
  for (const { prompt, echo } of prompts) {
    const isPassword =
      /password/i.test(prompt) || (prompts.length === 1 && !echo && !/code|token|otp|factor/i.test(prompt));
    const isCode = /one-time|otp|passcode/i.test(prompt);
    const question = visible(prompt).trim().replace(/:$/, '').slice(0, 100);
    given.push((isPassword && !isCode ? await password() : await ask(question)) ?? '');
  }
  return given;
}

function keyName(type: string): string {
  switch (type) {
    case 'ssh-ed25519':
      return 'ED25519';
    case 'ssh-rsa':
      return 'RSA';
    case 'ssh-dss':
      return 'DSA';
    default:
      return 'ECDSA';
  }
}
