import type { Clock } from '../../../core/util/clock.ts';
import type { Disposable } from '../../../core/util/emitter.ts';
import { openChannel, type ChannelUse, type Opened } from './channel.ts';
import type { CommandChannel, SshConnection } from './connection.ts';

export type LinkDeps = {
  readonly clock: Clock;
  /** Milliseconds for which it is kept when nobody uses it. */
  readonly idleMs: () => number;
  /** Whether its host key, and those on the way, are still known. */
  readonly isTrusted: () => Promise<boolean>;
  /** Told when its last user has left, and when it has one again or ends. */
  readonly onIdle: (link: Link, isIdle: boolean) => void;
};

/** One connection that several use: sessions, or connections through it. */
export class Link {
  readonly connection: SshConnection;
  readonly isTrusted: () => Promise<boolean>;
  readonly #deps: LinkDeps;
  readonly #waiting = new Set<() => void>();
  #users = 0;
  #channels = 0;
  #mostChannels = Infinity;
  #isRetired = false;
  #idle: { since: number; timer: Disposable } | undefined;

  constructor(connection: SshConnection, deps: LinkDeps) {
    this.connection = connection;
    this.isTrusted = deps.isTrusted;
    this.#deps = deps;
    void connection.ended.then(() => this.#end());
  }

  /** Whether one more may use it. After a sleep of the machine, time has passed that no timer has seen. */
  hasRoom(): boolean {
    if (this.#isRetired || this.connection.loss() !== undefined) return false;
    if (this.#idle && this.#deps.clock.now() - this.#idle.since > this.#deps.idleMs()) this.retire();
    return !this.#isRetired && this.#users < this.#mostChannels;
  }

  enter(): void {
    this.#users++;
    this.#idle?.timer.dispose();
    this.#idle = undefined;
    this.#deps.onIdle(this, false);
  }

  leave(): void {
    this.#users--;
    if (this.#users > 0 || this.connection.loss() !== undefined) return;
    const { clock, idleMs } = this.#deps;
    if (this.#isRetired || idleMs() === 0) return this.connection.close();
    this.#idle = { since: clock.now(), timer: clock.after(idleMs(), () => this.retire()) };
    this.#deps.onIdle(this, true);
  }

  /** Takes no new users, and closes when the last has left. */
  retire(): void {
    this.#isRetired = true;
    this.#idle?.timer.dispose();
    if (this.#users === 0) this.connection.close();
  }

  /** Closes although it may be in use. */
  close(): void {
    this.#isRetired = true;
    this.#idle?.timer.dispose();
    this.connection.close();
  }

  /** Opens a channel. One that is refused tells how many the node gives on a connection (sshd_config(5), MaxSessions). */
  async open<T>(line: string, deps: ChannelUse<T>): Promise<Opened<T>> {
    const before = this.#channels;
    if (before >= this.#mostChannels) return { ok: false, why: 'refused', message: 'no channel is free' };
    this.#channels++;
    const freed = (): void => {
      this.#channels--;
      for (const wake of this.#waiting) wake();
    };
    const use = (channel: CommandChannel): T => {
      channel.once('close', freed);
      return deps.use(channel);
    };
    const isAlone = (): boolean => this.#users <= 1 && this.#channels <= 1;
    const opened = await openChannel(this.connection, line, { ...deps, use, isAlone });
    if (opened.ok) return opened;
    freed();
    if (opened.why === 'refused') this.#mostChannels = Math.max(1, Math.min(before, this.#mostChannels));
    return opened;
  }

  /** Whether other channels are open, so that waiting for one to end makes sense. */
  isBusy(): boolean {
    return this.#channels > 0 && this.connection.loss() === undefined;
  }

  /** Settles when a channel has closed or the signal is aborted. */
  freed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted || !this.isBusy()) wake();
    });
  }

  #end(): void {
    this.#idle?.timer.dispose();
    this.#deps.onIdle(this, false);
    for (const wake of this.#waiting) wake();
  }
}
