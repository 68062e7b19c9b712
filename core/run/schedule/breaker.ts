import type { Clock } from '../../util/clock.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export type BreakerOptions = {
  /** Failures in a row that open it. */
  readonly threshold: number;
  /** Milliseconds that it stays open before one probe is let through. */
  readonly cooldownMs: number;
};

export type BreakerDeps = {
  readonly clock: Clock;
  readonly onChange: (key: string, state: BreakerState) => void;
};

/** Leave to go ahead; the caller says once how it went. */
export type Pass = {
  readonly ok: true;
  /** `cause` says what failed, for people. */
  report(result: 'reached' | 'failed' | 'no-verdict', cause?: string): void;
};
/** Refused at once. `cause` is that of the first failure in the row. */
export type Refused = { readonly ok: false; readonly retryInMs: number; readonly cause: string | undefined };

export type Breakers = {
  /** Asks for the circuit of a key: a node's address, a jump host, a transport. */
  ask(key: string): Pass | Refused;
  state(key: string): BreakerState;
};

type Circuit = {
  failures: number;
  /** What the first failure in the row was. */
  cause: string | undefined;
  openedAt: number | undefined;
  probing: boolean;
};

type World = BreakerOptions & BreakerDeps & { readonly circuits: Map<string, Circuit> };

/**
 * Circuit breakers by key. After `threshold` failures in a row a circuit is open and refuses at once; after the cooldown
 * one probe is let through, whose result closes it or opens it again. One success forgets all failures.
 */
export function createBreakers(options: BreakerOptions, deps: BreakerDeps): Breakers {
  const circuits = new Map<string, Circuit>();
  const world: World = { ...options, ...deps, circuits };
  return {
    ask(key) {
      const circuit = circuits.get(key) ?? newCircuit();
      circuits.set(key, circuit);
      const retryInMs = waitOf(circuit, world);
      if (retryInMs !== undefined) return { ok: false, retryInMs, cause: circuit.cause };
      if (circuit.openedAt !== undefined) {
        circuit.probing = true;
        world.onChange(key, 'half-open');
      }
      return passOf(key, circuit, world);
    },
    state: (key) => stateOf(circuits.get(key)),
  };
}

function newCircuit(): Circuit {
  return { failures: 0, cause: undefined, openedAt: undefined, probing: false };
}

function stateOf(circuit: Circuit | undefined): BreakerState {
  if (circuit?.openedAt === undefined) return 'closed';
  return circuit.probing ? 'half-open' : 'open';
}

/** Milliseconds that a circuit refuses yet; undefined where it lets the next one through. */
function waitOf({ openedAt, probing }: Circuit, { cooldownMs, clock }: World): number | undefined {
  if (openedAt === undefined) return undefined;
  const retryInMs = openedAt + cooldownMs - clock.now();
  return retryInMs > 0 || probing ? Math.max(0, retryInMs) : undefined;
}

function passOf(key: string, circuit: Circuit, world: World): Pass {
  const isProbe = circuit.probing;
  let isReported = false;
  return {
    ok: true,
    report(result, cause) {
      if (isReported || world.circuits.get(key) !== circuit) return;
      isReported = true;
      if (result === 'reached') reach(key, circuit, world);
      else if (result === 'failed') fail(key, { circuit, cause }, world);
      else if (isProbe) {
        circuit.probing = false;
        world.onChange(key, 'open');
      }
    },
  };
}

function reach(key: string, { openedAt }: Circuit, { circuits, onChange }: World): void {
  circuits.delete(key);
  if (openedAt !== undefined) onChange(key, 'closed');
}

type Failure = { readonly circuit: Circuit; readonly cause: string | undefined };

function fail(key: string, { circuit, cause }: Failure, { threshold, clock, onChange }: World): void {
  circuit.failures++;
  circuit.cause ??= cause;
  const isOpening = circuit.openedAt === undefined && circuit.failures >= threshold;
  if (!isOpening && !circuit.probing) return;
  circuit.openedAt = clock.now();
  circuit.probing = false;
  onChange(key, 'open');
}
