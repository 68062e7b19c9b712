import type { Clock } from '../util/clock.ts';
import { firstHop } from './firstHop.ts';
import type { Plan, Target } from './plan.ts';
import {
  concurrencyGate,
  type Gate,
  type PauseGate,
  pauseGate,
  rateGate,
  type ResizableGate,
  seenFrom,
} from './schedule/gates.ts';
import { startPlaces } from './startPlaces.ts';
import type { Strategy } from './strategy.ts';

/** All that executions of a batch get through before they start. */
export type BatchGates = {
  readonly window: ResizableGate;
  readonly pause: PauseGate;
  /** Where an execution takes a place, and gives it back at its end. */
  placesOf(target: Target): readonly Gate[];
  /** Where it takes a turn, which it does not give back. */
  turnsOf(target: Target): readonly Gate[];
  /** From the outermost to the innermost. */
  all(): readonly Gate[];
};

export type GateDeps = {
  readonly clock: Clock;
  /** Gates that other batches go through as well. */
  readonly sharedOf?: (target: Target) => readonly Gate[];
  /** Whether the next attempt on a target opens no new connection. */
  readonly isConnected: (target: Target) => boolean;
};

export function createBatchGates({ strategy }: Plan, deps: GateDeps): BatchGates {
  const { clock, sharedOf = () => [], isConnected } = deps;
  const { rate, connectRate } = strategy;
  const own = gatesByKey();
  const shared = new Map<Gate, Gate>();
  const seenHere = (gate: Gate): Gate => {
    const known = shared.get(gate) ?? seenFrom(gate);
    shared.set(gate, known);
    return known;
  };
  const window = concurrencyGate(startPlaces(strategy), (count) =>
    count === 1 ? 'one at a time' : `concurrency ${count}`,
  );
  const pause = pauseGate();
  const starts = rate ? [rateGate(rate, { what: 'rate', clock })] : [];
  const connections = connectRate ? [rateGate(connectRate, { what: 'connections', clock })] : [];
  return {
    window,
    pause,
    placesOf: (target) => [...ownOf(target, strategy, own), window, ...sharedOf(target).map(seenHere)],
    turnsOf: (target) => [...starts, ...connections.map((gate) => unless(() => isConnected(target), gate))],
    all: () => [...own.all(), window, ...shared.values(), pause, ...starts, ...connections],
  };
}

/** A gate that some pass by. */
function unless(isExempt: () => boolean, gate: Gate): Gate {
  return { ...gate, run: (work, signal) => (isExempt() ? work() : gate.run(work, signal)) };
}

type GatesByKey = { all(): Iterable<Gate>; of(key: string, count: number): Gate };

/** Gates made when the first execution comes to them. */
function gatesByKey(): GatesByKey {
  const gates = new Map<string, Gate>();
  return {
    all: () => gates.values(),
    of(key, count) {
      const known = gates.get(key) ?? concurrencyGate(count, (size) => `${key}, ${size} at once`);
      gates.set(key, known);
      return known;
    },
  };
}

function ownOf(target: Target, { perJump, perTransport }: Strategy, gates: GatesByKey): readonly Gate[] {
  const hop = firstHop(target);
  const { transport } = target;
  const ofTransport = perTransport?.[transport];
  return [
    ...(hop === undefined || perJump === undefined ? [] : [gates.of(hop, perJump)]),
    ...(ofTransport === undefined ? [] : [gates.of(transport, ofTransport)]),
  ];
}
