import { readdir } from 'node:fs/promises';
import type { BatchEvents } from '../../core/protocol/client.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import { shortId } from '../../core/run/format.ts';
import type { Clock } from '../../core/util/clock.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { readEventLog } from '../history/eventLog.ts';
import { followLog } from '../history/followLog.ts';
import { batchFiles, type HistoryLayout, isBatchId } from '../history/layout.ts';
import { livingOwner, type Owner, ownerText } from '../history/owner.ts';
import { recoverBatch } from '../history/recover.ts';
import { watchPath } from '../history/watchPath.ts';
import { type Ask, leaveAsk } from './asks.ts';
import { seenFromElsewhere } from './seenFrom.ts';

/** Batches that run in other processes: seen, and asked for, but never touched. */
export type Others = Disposable & {
  /** The state of a batch that runs in another process, which is followed from then on; undefined where it does not. */
  open(batch: string): Promise<BatchState | undefined>;
  /** Asks the process that runs a batch; refused where there is none, or none that answers. */
  ask(ask: Ask): Promise<Result<null>>;
  /** Events of those that are followed. */
  readonly onEvents: Event<BatchEvents>;
  /** Follows all there are and will be. */
  followAll(): void;
};

export type OthersDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  /** What this engine writes into its claims. */
  readonly engine: string;
};

type Followed = Disposable & { state(): BatchState };

export function createOthers({ layout, clock, engine }: OthersDeps): Others {
  const followed = new Map<string, Promise<Followed | undefined>>();
  const events = new Emitter<BatchEvents>();
  let all: Disposable | undefined;
  const ownerOf = async (batch: string): Promise<Owner | undefined> => {
    const owner = isBatchId(batch) ? await livingOwner(batchFiles(layout, batch).owner) : undefined;
    return owner?.engine === engine ? undefined : owner;
  };
  const follow = async (batch: string): Promise<Followed | undefined> => {
    const owner = await ownerOf(batch);
    const started = owner && (await followOther(batch, owner, { layout, clock, events }));
    if (!started) followed.delete(batch);
    return started;
  };
  const openOther = async (batch: string): Promise<BatchState | undefined> => {
    const known = followed.get(batch) ?? follow(batch);
    followed.set(batch, known);
    return (await known)?.state();
  };
  const ended = events.event(({ batch, events: news }) => {
    if (news.some(({ type }) => type === 'batchFinished')) followed.delete(batch);
  });
  /** Those of this engine. */
  let own: readonly string[] = [];
  const lookForMore = async (): Promise<boolean> => {
    const there = await runningIn(layout);
    const fresh = there.filter((batch) => !own.includes(batch) && !followed.has(batch));
    own = own.filter((batch) => there.includes(batch));
    let news = false;
    for (const batch of fresh) {
      const { owner } = batchFiles(layout, batch);
      if ((await livingOwner(owner))?.engine === engine) own = [...own, batch];
      else if (await openOther(batch)) news = true;
    }
    return news;
  };
  return {
    open: openOther,
    onEvents: events.event,
    async ask(ask) {
      const owner = await ownerOf(ask.batch);
      if (!owner) return refuse('NOT_FOUND', `No batch ${ask.batch} is running.`);
      if (await leaveAsk(layout.running, ask)) return { ok: true, value: null };
      return refuse('ENGINE_GONE', deafText(ask.batch, owner));
    },
    followAll: () => void (all ??= watchPath(layout.running, { clock, look: lookForMore })),
    dispose() {
      all?.dispose();
      ended.dispose();
      for (const each of followed.values()) void each.then((found) => found?.dispose());
      followed.clear();
    },
  };
}

async function runningIn(layout: HistoryLayout): Promise<string[]> {
  const names = await readdir(layout.running).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

function deafText(batch: string, owner: Owner): string {
  return (
    `Batch ${shortId(batch)} belongs to ${ownerText(owner)}, which did not answer. ` +
    `Stop it there: Ctrl-C in its terminal, or "kill -INT ${owner.pid}" on its machine.`
  );
}

type FollowDeps = Pick<OthersDeps, 'layout' | 'clock'> & { readonly events: Emitter<BatchEvents> };

/** Undefined where the batch has no beginning yet, or has ended. */
async function followOther(
  batch: string,
  owner: Owner,
  { layout, clock, events: emitter }: FollowDeps,
): Promise<Followed | undefined> {
  const files = batchFiles(layout, batch);
  const seen = seenFromElsewhere(owner);
  const log = await readEventLog(files.events).catch(() => undefined);
  const begun = log ? seen(log.events) : [];
  let state = reduceAll(undefined, begun);
  if (!log || state?.status !== 'running') return undefined;
  emitter.fire({ batch, events: begun });
  const following = followLog(files.events, {
    clock,
    from: log.validBytes,
    onEvents(fresh) {
      const events = seen(fresh);
      state = reduceAll(state, events);
      if (events.length > 0) emitter.fire({ batch, events });
      if (state?.status !== 'running') following.dispose();
    },
    // Where its process has died, what is missing at its end comes the same way.
    onQuiet: () => recoverBatch(layout, batch, clock).catch(() => undefined),
  });
  const before = state;
  return { state: () => state ?? before, dispose: () => following.dispose() };
}
