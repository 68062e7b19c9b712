import { join } from 'node:path';
import { builtInConfig, type Config } from '../../core/config/config.ts';
import type { SharedLimits } from '../../core/run/admission.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { Refusal, Result } from '../../core/util/errors.ts';
import type { RunningBatch } from '../batch.ts';
import { type ConfigPlace, loadConfig, userConfigFile } from '../config/configFiles.ts';
import { watchBatches } from '../log/watchBatches.ts';
import type { BatchFeed } from '../log/watchBatches.ts';
import { createEngineLog, type EngineLog } from '../log/engineLog.ts';
import { type Machine, thisMachine } from './machine.ts';
import { createQueue } from './queue.ts';
import { createSharedLimits } from './sharedLimits.ts';

/** What bounds all batches of an engine together; what becomes of them is written into its log. */
export type Limits = {
  readonly shared: SharedLimits;
  /** The configuration that holds now for who asks from there. */
  config(place: ConfigPlace): Result<Config>;
  /** Room in the queue for so many executions until it is given back; refused where there is none. */
  reserve(count: number, config: Config): Result<Disposable>;
  /** Writes down that something was refused before it was a batch, and passes it on. */
  refused<T>(what: string, user: string, result: Result<T>): Result<T>;
};

export type LimitsDeps = {
  readonly dataDir: string;
  readonly home: string;
  readonly clock: Clock;
  readonly machine?: Machine | undefined;
  readonly batches: ReadonlyMap<string, RunningBatch>;
  readonly feed: BatchFeed;
};

export function createLimits({ dataDir, home, clock, machine, batches, feed }: LimitsDeps): Limits {
  const userFile = userConfigFile(process.env, home);
  const log = createEngineLog(join(dataDir, 'engine.log'));
  const queue = createQueue(batches);
  const atStart = loadConfig(userFile, { sources: [] });
  const { engine } = atStart.ok ? atStart.value : builtInConfig;
  const note = (entry: Parameters<EngineLog['add']>[1]): void => log.add(clock.now(), entry);
  watchBatches({ feed, batches, log });
  return {
    shared: createSharedLimits({ limits: engine, machine: machine ?? thisMachine(), clock }),
    config: (place) => loadConfig(userFile, place),
    reserve(count, config) {
      const limit = config.engine.queue;
      note({ event: 'queue', ...queue.state(limit), asked: count });
      return queue.reserve(count, limit);
    },
    refused(what, user, result) {
      if (!result.ok) note({ event: 'refused', what, user, ...entryOf(result.error) });
      return result;
    },
  };
}

/** Long lists stay out of the log. */
function entryOf({ code, message }: Refusal): { code: string; message: string } {
  return { code, message: message.slice(0, 2000) };
}
