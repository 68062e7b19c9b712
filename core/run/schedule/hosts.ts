import { onAbort } from '../../util/abort.ts';
import type { Clock } from '../../util/clock.ts';
import { type Event, Emitter } from '../../util/emitter.ts';

/** A try to connect, on its way into a host. */
export type Visit = {
  /** The host has let it in: its place is free for the next. */
  taken(): void;
  /** The host turned it away. True where fewer come at once from now on: then this try says nothing about the next. */
  refused(): boolean;
};

/**
 * How many connect to a host at once, learnt from what it turns away (sshd_config(5), MaxStartups). There is no limit
 * before a host has turned anybody away; then there are half as many, and one more after a while in which all got in.
 */
export type Hosts = {
  /** As people read it. */
  name(host: string): string;
  /** Does the work of a visit in its turn, in the order of asking. Once `signal` is aborted, it has its turn at once. */
  visit<T>(host: string, work: (visit: Visit) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Fewer connect to a host at once than ever before. */
  readonly onFewer: Event<Fewer>;
};

export type Fewer = { readonly host: string; readonly count: number };

/** Milliseconds without a refusal after which a host to which nobody connects is taken for one that refuses nobody. */
const forgetMs = 60_000;

/** So many times the limit have to get in before it grows by one: each try to find more is one that is turned away. */
const patience = 4;

type Host = {
  /** How many may be on their way at once. */
  most: number;
  inside: number;
  readonly waiting: Set<() => void>;
  /** Counts how often the limit was lowered: those who came before that say nothing about it. */
  round: number;
  /** How many got in since the limit was last changed. */
  taken: number;
  refusedAt: number;
  fewest: number;
};

/** Hosts of which nothing is known and to which nobody connects are not kept. */
export function createHosts(clock: Clock): Hosts {
  const hosts = new Map<string, Host>();
  const fewer = new Emitter<Fewer>();
  return {
    onFewer: fewer.event,
    name: (host) => `${host}, which turns connections away, ${hosts.get(host)?.most} new ones at once`,
    async visit(name, work, signal) {
      const known = hosts.get(name);
      if (known?.inside === 0 && clock.now() - known.refusedAt > forgetMs) hosts.delete(name);
      const host = hosts.get(name) ?? newHost();
      hosts.set(name, host);
      const hasPlace = await placeIn(host, signal);
      const onFewer = (count: number): void => fewer.fire({ host: name, count });
      const visit = visitOf(host, hasPlace, { clock, onFewer });
      try {
        return await work(visit);
      } finally {
        visit.leave();
        if (host.inside === 0 && host.most === Infinity && hosts.get(name) === host) hosts.delete(name);
      }
    },
  };
}

function newHost(): Host {
  const numbers = { most: Infinity, inside: 0, round: 0, taken: 0, refusedAt: -Infinity, fewest: Infinity };
  return { ...numbers, waiting: new Set() };
}

/** Whoever is aborted goes on without a place. */
async function placeIn(host: Host, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  if (host.inside < host.most) {
    host.inside++;
    return true;
  }
  return new Promise((resolve) => {
    const enter = (): void => {
      leaving.dispose();
      host.inside++;
      resolve(true);
    };
    host.waiting.add(enter);
    const leaving = onAbort(signal, () => {
      if (host.waiting.delete(enter)) resolve(false);
    });
  });
}

function letIn(host: Host): void {
  for (const enter of host.waiting) {
    if (host.inside >= host.most) return;
    host.waiting.delete(enter);
    enter();
  }
}

type VisitDeps = { readonly clock: Clock; readonly onFewer: (count: number) => void };

function visitOf(
  host: Host,
  hasPlace: boolean,
  { clock, onFewer }: VisitDeps,
): Visit & { leave: () => void } {
  const { round } = host;
  let isInside = hasPlace;
  const leave = (): void => {
    if (!isInside) return;
    isInside = false;
    host.inside--;
    letIn(host);
  };
  return {
    leave,
    taken() {
      const counts = isInside && round === host.round && host.most < Infinity;
      if (counts && ++host.taken >= patience * host.most) {
        host.taken = 0;
        host.most++;
      }
      leave();
    },
    refused() {
      if (!isInside) return false;
      host.refusedAt = clock.now();
      const isOld = round !== host.round;
      const isLower = !isOld && host.inside > 1;
      if (isLower) {
        host.round++;
        host.taken = 0;
        host.most = Math.floor(host.inside / 2);
        if (host.most < host.fewest) onFewer(host.most);
        host.fewest = Math.min(host.most, host.fewest);
      }
      leave();
      return isOld || isLower;
    },
  };
}
