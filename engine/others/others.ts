import { readdir } from 'node:fs/promises';
import type { BatchEvents } from '../../core/run/events.ts';
import type { BatchState } from '../../core/run/state.ts';
import { shortId } from '../../core/run/format.ts';
import type { Clock } from '../../core/util/clock.ts';
import { type Disposable, Emitter, type Event } from '../../core/util/emitter.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { batchFiles, type HistoryLayout, isBatchId } from '../history/layout.ts';
import { livingOwner, type Owner, ownerText } from '../history/owner.ts';
import { isHere } from '../history/processMark.ts';
import { watchPath } from '../history/watchPath.ts';
import { type Ask, leaveAsk } from './asks.ts';
import { type Followed, followOther } from './followOther.ts';

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
    const state = (await known)?.state();
    // What is followed lags behind by a moment: of a batch that has ended, the log says more.
    return state && (await ownerOf(batch)) ? state : undefined;
  };
  const ended = events.event(({ batch, events: news }) => {
    if (news.some(({ type }) => type === 'batchFinished')) followed.delete(batch);
  });
  return {
    open: openOther,
    onEvents: events.event,
    async ask(ask) {
      const owner = await ownerOf(ask.batch);
      if (!owner) return refuse('NOT_FOUND', `No batch ${ask.batch} is running.`);
      if (await leaveAsk(layout.running, ask)) return { ok: true, value: null };
      return refuse('ENGINE_GONE', deafText(ask.batch, owner, batchFiles(layout, ask.batch).owner));
    },
    followAll() {
      const look = lookForMore({ layout, engine, open: openOther });
      all ??= watchPath(layout.running, { clock, look });
    },
    dispose() {
      all?.dispose();
      ended.dispose();
      for (const each of followed.values()) void each.then((found) => found?.dispose());
      followed.clear();
    },
  };
}

type LookOut = Pick<OthersDeps, 'layout' | 'engine'> & Pick<Others, 'open'>;

/** Opens batches that have come since the last look; says whether one of them runs elsewhere. */
function lookForMore({ layout, engine, open }: LookOut): () => Promise<boolean> {
  let known: readonly string[] = [];
  /** One that has no beginning yet is looked at again. */
  const isSettled = async (batch: string): Promise<boolean> => {
    const owner = await livingOwner(batchFiles(layout, batch).owner);
    return owner?.engine === engine || (await open(batch)) !== undefined;
  };
  return async () => {
    const there = await runningIn(layout);
    const fresh = there.filter((batch) => !known.includes(batch));
    const settled = await Promise.all(fresh.map(isSettled));
    known = there.filter((batch) => !fresh.includes(batch) || settled[fresh.indexOf(batch)]);
    return settled.includes(true);
  };
}

async function runningIn(layout: HistoryLayout): Promise<string[]> {
  const names = await readdir(layout.running).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

/** What to do about a process that does not answer; `file` names it as the owner. */
export function deafText(batch: string, owner: Owner, file: string): string {
  const whose = `Batch ${shortId(batch)} belongs to ${ownerText(owner)}, which did not answer.`;
  if (isHere(owner)) return `${whose} Stop it there: Ctrl-C in its terminal, or "kill -INT ${owner.pid}".`;
  return (
    `${whose} Stop it there: Ctrl-C in its terminal, or "kill -INT ${owner.pid}" on that machine. ` +
    `If that machine is gone for good, delete ${file}: the batch then counts as interrupted.`
  );
}
