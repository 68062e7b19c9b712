import type { Disposable, Event } from '../util/emitter.ts';
import type { Clock } from '../util/clock.ts';
import type { Control } from './controls.ts';
import type { RunEvent } from './events.ts';
import type { Plan, Target } from './plan.ts';
import type { Strategy } from './strategy.ts';
import type { Breakers } from './schedule/breaker.ts';
import { concurrencyGate, type Gate, heldBy, pauseGate, rateGate, through } from './schedule/gates.ts';

/** Limits that all batches of an engine have in common. */
export type SharedLimits = {
  /** Such as the number of open files. */
  readonly gates: readonly Gate[];
  readonly breakers: Breakers;
};

/** Lets executions start when all limits allow it, and says which one holds up the next. */
export type Admission = Disposable & {
  /** Does the work once it may start; at once when `signal` is aborted, which the work has to look at. */
  enter<T>(target: Target, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

type AdmissionDeps = {
  clock: Clock;
  note: (event: RunEvent) => void;
  control?: Event<Control>;
  shared?: SharedLimits;
};

/** Milliseconds over which changes of the binding limit are gathered. */
const reportMs = 250;

export function createAdmission({ strategy }: Plan, deps: AdmissionDeps): Admission {
  const { clock, note } = deps;
  const places = strategy.mode === 'sequential' ? 1 : strategy.concurrency;
  const window = concurrencyGate(places, (count) => (count === 1 ? 'one at a time' : `concurrency ${count}`));
  const pause = pauseGate();
  const common: readonly Gate[] = [
    window,
    ...(deps.shared?.gates ?? []),
    ...(strategy.rate ? [rateGate(strategy.rate, { what: 'rate', clock })] : []),
    ...(strategy.connectRate ? [rateGate(strategy.connectRate, { what: 'connections', clock })] : []),
    pause,
  ];
  const own = ownGates(strategy);
  const report = reportBinding(() => heldBy([...own.all(), ...common]), { places, clock, note });
  const listening = deps.control?.((control) => {
    switch (control.type) {
      case 'pause':
      case 'resume':
        if (pause.isPaused() === (control.type === 'pause')) return;
        note({ type: control.type === 'pause' ? 'paused' : 'resumed' });
        pause[control.type]();
        return report.soon();
      case 'concurrency':
        window.resize(control.concurrency);
        return report.resized(control.concurrency);
      case 'proceed':
        return;
    }
  });
  return {
    enter(target, work, signal) {
      report.soon();
      return through([...own.of(target), ...common], work, signal).finally(report.soon);
    },
    dispose() {
      report.dispose();
      listening?.dispose();
    },
  };
}

/** Gates of jump hosts and transports, made when the first execution comes to them. */
function ownGates({ perJump, perTransport }: Strategy) {
  const gates = new Map<string, Gate>();
  const gate = (key: string, count: number | undefined): readonly Gate[] => {
    if (count === undefined) return [];
    const known = gates.get(key) ?? concurrencyGate(count, (size) => `${key}, ${size} at once`);
    gates.set(key, known);
    return [known];
  };
  return {
    all: () => gates.values(),
    of(target: Target): readonly Gate[] {
      const hop = jumpOf(target);
      const { transport } = target;
      return [
        ...(hop === undefined ? [] : gate(hop, perJump)),
        ...gate(transport, perTransport?.[transport]),
      ];
    },
  };
}

/** Tells which limit binds, when that has changed for a while. */
function reportBinding(
  binding: () => string | undefined,
  { places, clock, note }: { places: number; clock: Clock; note: AdmissionDeps['note'] },
) {
  let concurrency = places;
  let told: string | null = null;
  let timer: Disposable | undefined;
  const tell = (): void => {
    timer = undefined;
    const held = binding() ?? null;
    if (held === told) return;
    told = held;
    note({ type: 'limitChanged', heldBy: held, concurrency });
  };
  return {
    soon() {
      timer ??= clock.after(reportMs, tell);
    },
    resized(count: number) {
      concurrency = count;
      told = binding() ?? null;
      note({ type: 'limitChanged', heldBy: told, concurrency });
    },
    dispose: () => timer?.dispose(),
  };
}

/** The first jump host on the way to a target, as `host:port`. */
export function jumpOf({ options }: Target): string | undefined {
  const via: unknown = options['via'];
  const first: unknown = Array.isArray(via) ? via[0] : undefined;
  if (typeof first !== 'object' || first === null || !('host' in first)) return undefined;
  return `${String(first.host)}:${'port' in first ? String(first.port) : '22'}`;
}
