import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HistoryLimits, type KeptBatch, surplusOf } from '../../core/history/surplus.ts';
import { plural } from '../../core/run/format.ts';
import type { Clock } from '../../core/util/clock.ts';
import { messageOf, type Result } from '../../core/util/errors.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { EngineLog } from '../log/engineLog.ts';
import { leavingPrefix } from './deleteBatch.ts';
import type { History } from './history.ts';
import { batchFiles, batchIds, type HistoryLayout } from './layout.ts';

export type RetentionDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly history: Pick<History, 'remove' | 'shrink'>;
  /** What is kept, as the user's configuration has it now. */
  readonly limits: () => Result<HistoryLimits>;
  readonly log: Pick<EngineLog, 'note'>;
};

/** Deletes what is too old, too many or too large, once a day for all processes that share the history. */
export type Retention = Disposable & {
  /** Does it now where it is due, for at most so many milliseconds; what is left comes the next day. */
  ifDue(budgetMs: number): Promise<void>;
};

/** Milliseconds after the start, and between looks whether it is due. */
const firstMs = 60_000;
const lookMs = 3_600_000;
const everyMs = 86_400_000;
/** Batches that are looked at, or deleted, before everything else gets its turn. */
const groupSize = 20;

export function startRetention(deps: RetentionDeps): Retention {
  const { layout, clock, log } = deps;
  const ifDue = async (budgetMs: number): Promise<void> => {
    try {
      if (await claim(layout.retained, clock.now())) await retain(deps, clock.now() + budgetMs);
    } catch (error) {
      const message = `old batches could not be deleted: ${messageOf(error)}`;
      log.note({ level: 'warn', event: 'history', message });
    }
  };
  // An engine that does nothing else is not kept alive for it.
  let timer = setTimeout(function look() {
    void ifDue(Infinity);
    timer = setTimeout(look, lookMs).unref();
  }, firstMs).unref();
  return { ifDue, dispose: () => clearTimeout(timer) };
}

/** Whether nobody has done it for a day; then this process does. */
async function claim(stamp: string, now: number): Promise<boolean> {
  const last = (await stat(stamp).catch(() => undefined))?.mtimeMs;
  // A stamp of the future is from a clock that was wrong.
  if (last !== undefined && last <= now && now - last < everyMs) return false;
  if (last === undefined) await writeFile(stamp, '', { mode: 0o600 });
  await utimes(stamp, now / 1000, now / 1000);
  return true;
}

async function retain({ layout, clock, history, limits, log }: RetentionDeps, until: number): Promise<void> {
  const wanted = limits();
  if (!wanted.ok) return;
  await deleteLeavings(layout);
  const surplus = surplusOf(await keptBatches(layout), wanted.value, clock.now());
  let deleted = 0;
  for (let at = 0; at < surplus.length && clock.now() < until; at += groupSize) {
    const done = await history.remove({ batches: surplus.slice(at, at + groupSize) });
    deleted += done.deleted.length;
  }
  if (deleted === 0) return;
  await history.shrink();
  const message = `deleted ${plural(deleted, 'batch', 'batches')}: older, more or larger than "history" in config.yaml lets be kept`;
  log.note({ level: 'info', event: 'history', message });
}

async function keptBatches(layout: HistoryLayout): Promise<readonly KeptBatch[]> {
  const ids = await batchIds(layout);
  const kept: KeptBatch[] = [];
  for (let at = 0; at < ids.length; at += groupSize) {
    kept.push(...(await Promise.all(ids.slice(at, at + groupSize).map((id) => measure(layout, id)))));
  }
  return kept;
}

async function measure(layout: HistoryLayout, id: string): Promise<KeptBatch> {
  const { folder } = batchFiles(layout, id);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const infos = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)));
  let bytes = 0;
  let changedAt = 0;
  for (const info of infos) {
    if (!info?.isFile()) continue;
    bytes += info.size;
    changedAt = Math.max(changedAt, info.mtimeMs);
  }
  // Of one in which nothing is yet, its folder says when it was made.
  const madeAt = changedAt === 0 ? (await stat(folder).catch(() => undefined))?.mtimeMs : changedAt;
  return { id, changedAt: madeAt ?? Infinity, bytes };
}

/** What a process that died was about to delete. */
async function deleteLeavings({ batches }: HistoryLayout): Promise<void> {
  for (const name of await readdir(batches)) {
    if (name.startsWith(leavingPrefix)) await rm(join(batches, name), { recursive: true, force: true });
  }
}
