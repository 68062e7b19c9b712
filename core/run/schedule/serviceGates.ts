import type { PlannedService } from '../../playbook/plannedStep.ts';
import type { Clock } from '../../util/clock.ts';
import { canonicalJson } from '../../util/json.ts';
import { concurrencyGate, type Gate, rateGate } from './gates.ts';

/** The limits of services, which all steps that name one share, whichever batch they are of. */
export type ServiceGates = {
  /** The rate comes last: who waits for a place takes no turn meanwhile. */
  of(name: string, service: PlannedService): readonly Gate[];
};

/** A service whose address or limits change is another one. */
export function createServiceGates(clock: Clock): ServiceGates {
  const known = new Map<string, readonly Gate[]>();
  return {
    of(name, { baseUrl, rate, concurrency }) {
      const key = canonicalJson({ name, baseUrl, rate: rate ?? null, concurrency: concurrency ?? null });
      const gates = known.get(key) ?? [
        ...(concurrency === undefined
          ? []
          : [concurrencyGate(concurrency, (count) => `service ${name}, ${count} at once`)]),
        ...(rate ? [rateGate(rate, { what: `service ${name}`, clock })] : []),
      ];
      known.set(key, gates);
      return gates;
    },
  };
}
