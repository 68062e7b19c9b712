import type { ConnectContext } from '../../../core/plugin/transport.ts';
import type { Phase } from '../../../core/run/outcome.ts';
import type { Clock } from '../../../core/util/clock.ts';
import type { Disposable } from '../../../core/util/emitter.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import type { Way } from './step.ts';

/** What connecting to a node needs all the way. Disposing it stops its clocks. */
export function openWay(clock: Clock, context: ConnectContext): Way & globalThis.Disposable {
  const { signal, askSecret, debug } = context;
  const deadline = createDeadline(clock, context.timeoutMs);
  const phases = limitPhases(clock, context.phaseTimeoutsMs ?? {}, deadline);
  let phase: Phase = 'queued';
  const enter = (next: Phase): void => {
    if (next === phase) return;
    phase = next;
    context.onPhase(next);
    debug?.(`phase ${next}`);
    phases.enter(next);
  };
  const held = <T>(question: () => Promise<T>): Promise<T> => deadline.held(() => phases.held(question));
  return {
    signal,
    deadline,
    phase: () => phase,
    late: phases.late,
    enter,
    held: (question) => held(() => (context.held ? context.held(question) : question())),
    debug: debug && ((line) => debug(line)),
    askSecret: askSecret && ((label) => held(() => askSecret(label))),
    [Symbol.dispose]: () => {
      phases.dispose();
      deadline.dispose();
    },
  };
}

type PhaseClock = Disposable & {
  enter(phase: Phase): void;
  held<T>(question: () => Promise<T>): Promise<T>;
  /** Which phase took too long, if one did. */
  late: () => string | undefined;
};

/** Ends the whole way when one of its phases takes longer than it may. */
function limitPhases(
  clock: Clock,
  limits: NonNullable<ConnectContext['phaseTimeoutsMs']>,
  whole: Deadline,
): PhaseClock {
  let current: Deadline | undefined;
  let late: string | undefined;
  return {
    enter(phase) {
      current?.dispose();
      current = undefined;
      if (!isLimited(phase)) return;
      const ms = limits[phase];
      if (ms === undefined) return;
      current = createDeadline(clock, ms);
      current.onExpired(() => {
        late = `${phaseWords[phase]} took longer than ${ms / 1000} s (phase ${phase})`;
        whole.expire();
      });
    },
    held: (question) => (current ? current.held(question) : question()),
    late: () => late,
    dispose: () => current?.dispose(),
  };
}

const phaseWords = {
  dns: 'looking up the address',
  tcp: 'opening the connection',
  banner: 'the greeting of the SSH server',
  kex: 'agreeing on keys',
  auth: 'logging in',
  channel: 'opening a channel',
} as const;

function isLimited(phase: Phase): phase is keyof typeof phaseWords {
  return phase in phaseWords;
}
