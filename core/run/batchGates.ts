import type { Clock } from '../util/clock.ts';
import { firstHop, firstHost } from './firstHop.ts';
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
import type { Hosts, Visit } from './schedule/hosts.ts';
import { startPlaces } from './startPlaces.ts';
import type { Strategy } from './strategy.ts';

/** All that executions of a batch get through before they start. */
export type BatchGates = {
  readonly window: ResizableGate;
  readonly pause: PauseGate;
  /** Does work that may connect to a host, once that takes one more. What needs no new connection goes without a visit. */
  visit<T>(target: Target, work: (visit?: Visit) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Where an execution takes a place, and gives it back at its end. */
  placesOf(target: Target): readonly Gate[];
  /** Where it takes a turn, which it does not give back. */
  turnsOf(target: Target): readonly Gate[];
  /** From the outermost to the innermost. */
  all(): readonly Pick<Gate, 'name' | 'waiting'>[];
};

export type GateDeps = {
  readonly clock: Clock;
  readonly hosts: Hosts;
  /** Gates that other batches go through as well. */
  readonly sharedOf?: (target: Target) => readonly Gate[];
  /** Whether the next attempt on a target opens no new connection. */
  readonly isConnected: (target: Target) => boolean;
};

export function createBatchGates({ strategy }: Plan, deps: GateDeps): BatchGates {
  const { clock, hosts, sharedOf = () => [], isConnected } = deps;
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
  const waiting = waitingAt(hosts);
  const starts = rate ? [rateGate(rate, { what: 'rate', clock })] : [];
  const connections = connectRate ? [rateGate(connectRate, { what: 'connections', clock })] : [];
  return {
    window,
    pause,
    visit: (target, work, signal) => {
      const host = firstHost(target);
      return host === undefined || isConnected(target) ? work() : waiting.visit(host, work, signal);
    },
    placesOf: (target) => [...ownOf(target, strategy, own), window, ...sharedOf(target).map(seenHere)],
    turnsOf: (target) => [...starts, ...connections.map((gate) => unless(() => isConnected(target), gate))],
    all: () => [waiting, ...own.all(), window, ...shared.values(), pause, ...starts, ...connections],
  };
}

type WaitingAt = Pick<Hosts, 'visit'> & Pick<Gate, 'name' | 'waiting'>;

/** The hosts, counting only those that wait for one of them here: others wait for them as well. */
function waitingAt(hosts: Hosts): WaitingAt {
  const waiting = new Map<string, number>();
  const count = (host: string, more: number): void => {
    const now = (waiting.get(host) ?? 0) + more;
    if (now > 0) waiting.set(host, now);
    else waiting.delete(host);
  };
  return {
    name: () => [...waiting.keys()].slice(0, 1).map(hosts.name).join(''),
    waiting: () => waiting.size,
    visit(host, work, signal) {
      count(host, 1);
      const begin = (visit: Visit) => {
        count(host, -1);
        return work(visit);
      };
      return hosts.visit(host, begin, signal);
    },
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
