import type { EngineLimits } from '../../core/config/config.ts';
import type { BreakerChange, SharedLimits } from '../../core/run/admission.ts';
import { createBreakers } from '../../core/run/schedule/breaker.ts';
import { concurrencyGate } from '../../core/run/schedule/gates.ts';
import { createHosts } from '../../core/run/schedule/hosts.ts';
import type { Clock } from '../../core/util/clock.ts';
import { Emitter } from '../../core/util/emitter.ts';
import type { Machine } from './machine.ts';

export type SharedLimitsDeps = {
  readonly limits: Pick<EngineLimits, 'running' | 'local' | 'breaker'>;
  readonly machine: Machine;
  readonly clock: Clock;
};

/** Where the configuration does not say. */
const usualBreaker = { threshold: 5, cooldownMs: 15_000 };

/** Descriptors that are left for everything but nodes, and that one node takes at most: three pipes and a file. */
const ownFiles = 64;
const filesPerNode = 4;

/** Transports that run a process on this machine for each node. */
const processTransports = new Set(['local', 'openssh']);
const processesPerCpu = 16;

/** The limits that all batches of an engine have in common. */
export function createSharedLimits({ limits, machine, clock }: SharedLimitsDeps): SharedLimits {
  const changes = new Emitter<BreakerChange>();
  const { openFiles, cpus } = machine;
  const files =
    openFiles === undefined
      ? []
      : [atOnce(filesFor(openFiles), (count) => `open files, ${count} nodes at once`)];
  const running =
    limits.running === undefined ? [] : [atOnce(limits.running, (count) => `all batches, ${count} at once`)];
  const processes = atOnce(
    limits.local ?? cpus * processesPerCpu,
    (count) => `processes on this machine, ${count} at once`,
  );
  const common = [...running, ...files];
  const { failures = usualBreaker.threshold, pause = usualBreaker.cooldownMs } = limits.breaker ?? {};
  return {
    gatesOf: ({ transport }) => (processTransports.has(transport) ? [...common, processes] : common),
    onBreaker: changes.event,
    hosts: createHosts(clock),
    breakers: createBreakers(
      { threshold: failures, cooldownMs: pause },
      { clock, onChange: (key, state) => changes.fire({ key, state }) },
    ),
  };
}

const atOnce = concurrencyGate;

/** Connections that may be kept for later: a quarter of the descriptors that are for nodes. */
export function mostIdleConnections({ openFiles = Infinity }: Machine): number {
  return Math.max(0, Math.floor((openFiles - ownFiles) / filesPerNode));
}

function filesFor(openFiles: number): number {
  return Math.max(1, Math.floor((openFiles - ownFiles) / filesPerNode));
}
