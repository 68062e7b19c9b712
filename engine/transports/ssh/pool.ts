import type { Clock } from '../../../core/util/clock.ts';
import { beginAttempt, type Attempt } from './attempt.ts';
import type { SshConnection } from './connection.ts';
import { Link, type LinkDeps } from './link.ts';
import { cancelled, type Failure, type Reached, type Way } from './step.ts';

/** Connections that are kept for the next who needs the same one. */
export type Pool = {
  /** Takes a connection that stands, waits for one that is being opened, or opens one. */
  take(wanted: Wanted, way: Way): Promise<Reached<Lease>>;
  /** Whether there is one that takes another user. */
  has(key: string): boolean;
  /** Closes all of them, also those in use. */
  close(): void;
};

export type Wanted = {
  /** Equal for what may be shared: the same endpoint, login, known_hosts, agent and way to it. */
  readonly key: string;
  readonly port: number;
  readonly role: 'node' | 'hop';
  connect(way: Way): Promise<Reached<Opened>>;
};

/** A connection, fresh. `release` lets go of what carries it, once it has ended. */
export type Opened = {
  readonly connection: SshConnection;
  isTrusted(): Promise<boolean>;
  release(): void;
};

/** One user's hold on a connection. */
export type Lease = {
  readonly link: Link;
  readonly isReused: boolean;
  /** Gives it back. Once. */
  release(): void;
};

/** Milliseconds for which connections that nobody uses are kept. */
export type IdleTimes = { readonly nodeMs: number; readonly hopMs: number };

/** Milliseconds in which others behind a jump host that has just failed are told the same without a new try. */
const sameFailureMs = 1000;

export type PoolDeps = {
  readonly clock: Clock;
  readonly idle: IdleTimes;
  /** How many connections that nobody uses are kept, since each takes a descriptor; without it, all. */
  readonly mostIdle?: number;
};

export function createPool({ clock, idle, mostIdle = Infinity }: PoolDeps): Pool {
  const links = new Map<string, Set<Link>>();
  const attempts = new Map<string, Attempt<Link>>();
  const failures = createFailures(clock);

  const onIdle = limitIdle(mostIdle);
  const keep = (key: string, role: Wanted['role'], opened: Opened): Link => {
    const idleMs = (): number => (role === 'hop' ? idle.hopMs : idle.nodeMs);
    const link = new Link(opened.connection, { clock, idleMs, isTrusted: opened.isTrusted, onIdle });
    const siblings = links.get(key) ?? new Set();
    links.set(key, siblings.add(link));
    void opened.connection.ended.then(() => {
      siblings.delete(link);
      if (siblings.size === 0 && links.get(key) === siblings) links.delete(key);
      opened.release();
    });
    // Held until all who waited for it have had their turn.
    link.enter();
    setImmediate(() => link.leave());
    return link;
  };

  const begin = ({ key, port, role, connect }: Wanted, way: Way): Attempt<Link> => {
    const attempt = beginAttempt<Link>(way, port, async (shared) => {
      const opened = await connect(shared);
      attempts.delete(key);
      if (opened.ok) return { ok: true, value: keep(key, role, opened.value) };
      const { outcome } = opened;
      // Who is turned away for having too many callers may be taken in the next moment.
      const isLasting =
        outcome.status === 'unreachable' && outcome.kind !== 'throttled' && !opened.unknownHostKey;
      if (role === 'hop' && isLasting) failures.add(key, opened);
      return opened;
    });
    attempts.set(key, attempt);
    return attempt;
  };

  return {
    async take(wanted, way) {
      const standing = way.signal.aborted ? undefined : await firstUsable(links.get(wanted.key));
      if (way.signal.aborted) return cancelled;
      if (standing) return { ok: true, value: leaseOf({ link: standing, isReused: true }) };
      const failure = failures.recent(wanted.key);
      if (failure) return { ...failure, ok: false };
      const reached = await (attempts.get(wanted.key) ?? begin(wanted, way)).join(way);
      return reached.ok ? { ok: true, value: leaseOf({ link: reached.value, isReused: false }) } : reached;
    },
    has: (key) => [...(links.get(key) ?? [])].some((link) => link.hasRoom()),
    close: () => links.forEach((siblings) => siblings.forEach((link) => link.close())),
  };
}

type Failures = { add(key: string, failure: Failure): void; recent(key: string): Failure | undefined };

function createFailures(clock: Clock): Failures {
  const failures = new Map<string, { at: number; failure: Failure }>();
  return {
    add: (key, failure) => void failures.set(key, { at: clock.now(), failure }),
    recent(key) {
      const known = failures.get(key);
      if (known && clock.now() - known.at < sameFailureMs) return known.failure;
      failures.delete(key);
      return undefined;
    },
  };
}

/** Closes the one that has been idle longest when there are too many. */
function limitIdle(most: number): LinkDeps['onIdle'] {
  const idle = new Set<Link>();
  return (link, isIdle) => {
    idle.delete(link);
    if (!isIdle) return;
    idle.add(link);
    const [longest] = idle;
    if (!longest || idle.size <= most) return;
    idle.delete(longest);
    longest.retire();
  };
}

/** The first that takes one more user. One whose host key is no longer known is used by nobody new. */
async function firstUsable(links: ReadonlySet<Link> | undefined): Promise<Link | undefined> {
  for (const link of links ?? []) {
    if (!link.hasRoom()) continue;
    if (!(await link.isTrusted())) link.retire();
    if (link.hasRoom()) return link;
  }
  return undefined;
}

function leaseOf({ link, isReused }: Omit<Lease, 'release'>): Lease {
  link.enter();
  let isHeld = true;
  return {
    link,
    isReused,
    release() {
      if (isHeld) link.leave();
      isHeld = false;
    },
  };
}
