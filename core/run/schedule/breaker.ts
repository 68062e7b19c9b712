import type { Clock } from '../../util/clock.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export type BreakerOptions = {
  /** Failures in a row that open it. */
  readonly threshold: number;
  /** Milliseconds that it stays open before one probe is let through. */
  readonly cooldownMs: number;
};

/** Leave to go ahead; the caller says once how it went. */
export type Pass = { readonly ok: true; report(result: 'reached' | 'failed' | 'no-verdict'): void };
/** Refused at once. */
export type Refused = { readonly ok: false; readonly retryInMs: number };

export type Breakers = {
  /** Asks for the circuit of a key: a node's address, a jump host, a transport. */
  ask(key: string): Pass | Refused;
  state(key: string): BreakerState;
};

type Circuit = { failures: number; openedAt: number | undefined; probing: boolean };

/**
 * Circuit breakers by key. After `threshold` failures in a row a circuit is open and refuses at once; after the cooldown
 * one probe is let through, whose result closes it or opens it again. One success forgets all failures.
 */
export function createBreakers(
  { threshold, cooldownMs }: BreakerOptions,
  { clock, onChange }: { clock: Clock; onChange: (key: string, state: BreakerState) => void },
): Breakers {
  const circuits = new Map<string, Circuit>();
  const circuitOf = (key: string): Circuit => {
    const circuit = circuits.get(key) ?? { failures: 0, openedAt: undefined, probing: false };
    circuits.set(key, circuit);
    return circuit;
  };
  const stateOf = ({ openedAt, probing }: Circuit): BreakerState => {
    if (openedAt === undefined) return 'closed';
    return probing ? 'half-open' : 'open';
  };
  const fail = (key: string, circuit: Circuit): void => {
    circuit.failures++;
    const isOpening = circuit.openedAt === undefined && circuit.failures >= threshold;
    if (!isOpening && !circuit.probing) return;
    circuit.openedAt = clock.now();
    circuit.probing = false;
    onChange(key, 'open');
  };
  const reach = (key: string, circuit: Circuit): void => {
    const wasOpen = circuit.openedAt !== undefined;
    circuits.delete(key);
    if (wasOpen) onChange(key, 'closed');
  };
  return {
    ask(key) {
      const circuit = circuitOf(key);
      if (circuit.openedAt !== undefined) {
        const retryInMs = circuit.openedAt + cooldownMs - clock.now();
        if (retryInMs > 0 || circuit.probing) return { ok: false, retryInMs: Math.max(0, retryInMs) };
        circuit.probing = true;
        onChange(key, 'half-open');
      }
      const isProbe = circuit.probing;
      let isReported = false;
      return {
        ok: true,
        report(result) {
          if (isReported || circuits.get(key) !== circuit) return;
          isReported = true;
          if (result === 'reached') reach(key, circuit);
          else if (result === 'failed') fail(key, circuit);
          else if (isProbe) {
            circuit.probing = false;
            onChange(key, 'open');
          }
        },
      };
    },
    state(key) {
      const circuit = circuits.get(key);
      return circuit ? stateOf(circuit) : 'closed';
    },
  };
}
