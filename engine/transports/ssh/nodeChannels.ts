import type { ChannelUse, Opened } from './channel.ts';
import type { CommandChannel, SshConnection } from './connection.ts';
import type { Lease } from './pool.ts';
import type { Reached } from './step.ts';

/** Channels to one node, on whichever connection to it has room. */
export type NodeChannels = {
  /** Runs a command line on a new channel. Where it fails as `refused` or `unsent`, nothing was started. */
  open<T>(line: string, use: NodeUse<T>): Promise<Opened<T>>;
  /** Its connections are not used again: what became of a command on them is not known. */
  suspect(): void;
  /** Gives all connections back. */
  release(): void;
};

export type NodeUse<T> = Omit<ChannelUse<T>, 'use' | 'patienceMs'> & {
  readonly signal: AbortSignal;
  readonly use: (channel: CommandChannel, connection: SshConnection) => T;
};

/** Milliseconds in which a connection that was idle opens a channel, or it is taken for dead. */
const staleMs = 5000;

/**
 * `another` gives a further connection to the same node. A dead connection is replaced as long as nothing was started;
 * where the node gives no further channel, another connection does, and where it gives none, the channel waits for one
 * that ends.
 */
export function openChannels(
  first: Lease,
  another: (signal: AbortSignal) => Promise<Reached<Lease>>,
): NodeChannels {
  const leases = [first];
  /** Those that have carried a command of ours. */
  const proven = new Set<Lease>();
  return {
    async open(line, deps) {
      for (;;) {
        const lease = leases.at(-1) ?? first;
        const { link } = lease;
        const isOld = lease.isReused || proven.has(lease);
        const isFresh = !isOld && !link.isBusy();
        const opened = await link.open(line, {
          ...deps,
          use: (channel) => deps.use(channel, link.connection),
          ...(isOld && { patienceMs: staleMs }),
        });
        if (opened.ok) proven.add(lease);
        if (opened.ok || opened.why === 'unknown' || isFresh || deps.signal.aborted) return opened;
        const next = await another(deps.signal);
        if (next.ok) leases.push(next.value);
        else if (opened.why === 'refused' && link.isBusy()) await link.freed(deps.signal);
        else return opened;
      }
    },
    suspect() {
      for (const { link } of leases) link.retire();
    },
    release() {
      for (const lease of leases) lease.release();
    },
  };
}
