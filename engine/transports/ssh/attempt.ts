import type { SecretQuestion } from '../../../core/plugin/transport.ts';
import type { Phase } from '../../../core/run/outcome.ts';
import { lateMessage } from './failures.ts';
import { takeStep, type Reached, type Way } from './step.ts';

/** One try to connect that several wait for: nodes behind one jump host, batches on one node. */
export type Attempt<T> = {
  /** Settles with the common result, or earlier when this one is stopped or late. */
  join(way: Way): Promise<Reached<T>>;
};

type Waiter = { readonly way: Way; readonly gone: Promise<void>; readonly leave: () => void };

/**
 * Begins to connect for all who join. The first who waits is asked for secrets and gives the deadline; meanwhile the
 * clocks of the others stand still. Who is stopped leaves; the try ends when nobody is left.
 */
export function beginAttempt<T>(
  first: Way,
  port: number,
  start: (way: Way) => Promise<Reached<T>>,
): Attempt<T> {
  const waiters = new Set<Waiter>();
  const abort = new AbortController();
  let phase: Phase = 'queued';
  let question: Promise<unknown> | undefined;
  const held = async <V>(ask: () => Promise<V>): Promise<V> => {
    const answer = ask();
    question = answer;
    for (const { way } of waiters) void way.held(() => answer).catch(() => {});
    return answer.finally(() => (question = undefined));
  };
  const shared: Way = {
    ...first,
    signal: abort.signal,
    phase: () => phase,
    enter: (next) => {
      phase = next;
      for (const { way } of waiters) way.enter(next);
    },
    held,
    askSecret: first.askSecret && ((label) => askOneOf(waiters, label, held)),
  };
  let result: Promise<Reached<T>> | undefined;
  return {
    async join(way) {
      const waiter = newWaiter(way);
      waiters.add(waiter);
      if (question) void way.held(() => question ?? Promise.resolve());
      if (phase !== 'queued') way.enter(phase);
      // The deadline of the first is watched by the steps of the try itself, which know what they wait for.
      const patient = way === first ? { ...way, deadline: { ...way.deadline, onExpired: () => {} } } : way;
      const reached = await takeStep<T>(
        patient,
        ({ done, fail }) => {
          result ??= start(shared);
          void result.then((each) => (each.ok ? done(each.value) : fail(each)));
          return () => {};
        },
        lateMessage(port, way.deadline.totalMs),
      );
      waiter.leave();
      waiters.delete(waiter);
      // Without a reason, an exception with its stack is made for each connection.
      if (waiters.size === 0) abort.abort('nobody waits for it');
      return reached;
    },
  };
}

/** Instead of an answer: whoever was asked has been stopped. */
const left = Symbol('left');

/** Asks the first who waits and can be asked, and the next one when that one is stopped. */
async function askOneOf(
  waiters: ReadonlySet<Waiter>,
  question: SecretQuestion,
  held: Way['held'],
): Promise<string | undefined> {
  for (;;) {
    const asked = [...waiters].find(({ way }) => way.askSecret);
    if (!asked) return undefined;
    const answer = asked.way.askSecret?.(question) ?? Promise.resolve(undefined);
    const first = await held(() => Promise.race([answer, asked.gone.then((): typeof left => left)]));
    if (first !== left) return first;
  }
}

function newWaiter(way: Way): Waiter {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { way, gone: promise, leave: resolve };
}
