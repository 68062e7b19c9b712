import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { canonicalHost } from '../../core/policy/hostAddress.ts';
import type { Addresses } from '../../core/policy/sameMachine.ts';

/** Looks names up; those that give no answer in time are not in the result. */
export type ResolveHosts = (hosts: readonly string[]) => Promise<Addresses>;

/** Milliseconds that one decision waits for names at most, and that an answer is kept. */
const patienceMs = 2000;
const keepMs = 60_000;
/** getaddrinfo(3) takes threads that file I/O needs as well: half of the four that Node has. */
const atOnce = 2;

export type ResolverDeps = {
  readonly now: () => number;
  readonly resolve?: (host: string) => Promise<readonly string[]>;
};

/** Asks the system's resolver, as connecting does; what comes late is there for the next decision. */
export function createResolver({ now, resolve = systemResolve }: ResolverDeps): ResolveHosts {
  const limit = pLimit(atOnce);
  const known = new Map<string, { readonly addresses: readonly string[]; readonly until: number }>();
  const pending = new Map<string, Promise<void>>();
  const ask = (host: string): Promise<void> => {
    const running =
      pending.get(host) ??
      limit(() => resolve(host).catch(() => []))
        .then((found) => {
          known.set(host, { addresses: found.map(canonicalHost), until: now() + keepMs });
        })
        .finally(() => pending.delete(host));
    pending.set(host, running);
    return running;
  };
  return async (hosts) => {
    const stale = hosts.filter((host) => (known.get(host)?.until ?? 0) <= now());
    const patience = new AbortController();
    await Promise.race([
      Promise.all(stale.map(ask)),
      sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => {}),
    ]);
    patience.abort();
    return new Map(
      hosts.flatMap((host) => {
        const addresses = known.get(host)?.addresses ?? [];
        return addresses.length > 0 ? [[host, addresses] as const] : [];
      }),
    );
  };
}

async function systemResolve(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
