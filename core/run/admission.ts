import type { Clock } from '../util/clock.ts';
import type { Disposable, Event } from '../util/emitter.ts';
import { type BatchGates, createBatchGates } from './batchGates.ts';
import type { Control } from './controls.ts';
import type { RunEvent } from './events.ts';
import { firstHost } from './firstHop.ts';
import type { Plan, Target } from './plan.ts';
import type { Breakers, BreakerState } from './schedule/breaker.ts';
import { createHosts, type Hosts, type Visit } from './schedule/hosts.ts';
import { type Gate, heldBy, through } from './schedule/gates.ts';
import { startPlaces } from './startPlaces.ts';

/** Limits that all batches of an engine have in common. */
export type SharedLimits = {
  /** Gates on the way of a target, such as the number of open files. */
  gatesOf(target: Target): readonly Gate[];
  readonly breakers: Breakers;
  /** What happens to breakers, whichever batch caused it. */
  readonly onBreaker: Event<BreakerChange>;
  readonly hosts: Hosts;
};

export type BreakerChange = { readonly key: string; readonly state: BreakerState };

/** Lets executions start when all limits allow it, and says which one holds up the next. */
export type Admission = Disposable & {
  /**
   * Does the work in a place of its own, once there is one; at once when `signal` is aborted. It gets a visit where it
   * may connect to a host.
   */
  place<T>(target: Target, work: (visit: Visit | undefined) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Does the work of an attempt once it may start; at once when `signal` is aborted, which the work has to look at. */
  turn<T>(target: Target, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

type AdmissionDeps = {
  clock: Clock;
  note: (event: RunEvent) => void;
  control?: Event<Control>;
  shared?: SharedLimits;
  /** Whether the next attempt on a target opens no new connection. */
  isConnected: (target: Target) => boolean;
};

/** Milliseconds over which changes of the binding limit are gathered. */
const reportMs = 250;

export function createAdmission(plan: Plan, deps: AdmissionDeps): Admission {
  const { clock, isConnected, shared, note } = deps;
  const hosts = shared?.hosts ?? createHosts(clock);
  const sharedOf = shared && { sharedOf: shared.gatesOf };
  const gates = createBatchGates(plan, { clock, hosts, isConnected, ...sharedOf });
  const own = new Set(plan.targets.map(firstHost));
  const fewer = hosts.onFewer(({ host, count }) => {
    if (!own.has(host)) return;
    const message = `${host} turns connections away; no more than ${count} new ${count === 1 ? 'one is' : 'ones are'} opened at once from now on`;
    note({ type: 'note', message });
  });
  const report = reportBinding(() => heldBy(gates.all()), startPlaces(plan.strategy), deps);
  const listening = deps.control?.((control) => obey(control, { gates, report, note: deps.note }));
  return {
    place(target, work, signal) {
      report.soon();
      const inPlace = (visit?: Visit) => through(gates.placesOf(target), () => work(visit), signal);
      return gates.visit(target, inPlace, signal).finally(report.soon);
    },
    turn<T>(target: Target, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
      const { pause } = gates;
      // Whoever got its turn while the batch was paused waits, and asks for another turn: none is saved up.
      const begin = (): Promise<T> =>
        through(
          [pause, ...gates.turnsOf(target)],
          () => (pause.isPaused() && !signal.aborted ? begin() : work()),
          signal,
        );
      report.soon();
      return begin();
    },
    dispose() {
      report.dispose();
      listening?.dispose();
      fewer.dispose();
    },
  };
}

type Obeying = { gates: BatchGates; report: BindingReport; note: AdmissionDeps['note'] };

function obey(control: Control, { gates: { pause, window }, report, note }: Obeying): void {
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
}

type BindingReport = Disposable & {
  /** Something may have changed. */
  soon: () => void;
  /** Another number runs at once from now on. */
  resized(count: number): void;
};

/** Tells which limit binds, when that has changed for a while. */
function reportBinding(
  binding: () => string | undefined,
  places: number,
  { clock, note }: Pick<AdmissionDeps, 'clock' | 'note'>,
): BindingReport {
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
    resized(count) {
      concurrency = count;
      told = binding() ?? null;
      note({ type: 'limitChanged', heldBy: told, concurrency });
    },
    dispose: () => timer?.dispose(),
  };
}
