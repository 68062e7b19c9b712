import { builtInConfig, type Config } from '../../core/config/config.ts';
import { longest } from '../../core/log/aboutBatch.ts';
import type { QueueState } from '../../core/run/schedule/queue.ts';
import type { SharedLimits } from '../../core/run/admission.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { Result } from '../../core/util/errors.ts';
import type { RunningBatch } from '../batch.ts';
import { type ConfigPlace, loadConfig, userConfigFile } from '../config/configFiles.ts';
import type { EngineLog } from '../log/engineLog.ts';
import { defaultOutputLimits, type OutputLimits } from '../history/outputCap.ts';
import { type Machine, thisMachine } from './machine.ts';
import { createQueue } from './queue.ts';
import { createSharedLimits } from './sharedLimits.ts';

/** What bounds all batches of an engine together; what becomes of them is written into its log. */
export type Limits = {
  readonly shared: SharedLimits;
  /** How much output is kept on disk. */
  readonly output: OutputLimits;
  /** The configuration that holds now for who asks from there. */
  config(place: ConfigPlace): Result<Config>;
  /** Room in the queue for so many executions until it is given back; refused where there is none. */
  reserve(count: number, config: Config): Result<Disposable>;
  /** What runs and waits now. */
  queue(): QueueState;
  /** Writes down that something was refused before it was a batch, and passes it on. */
  refused<T>(what: string, user: string, result: Result<T>): Result<T>;
};

export type LimitsDeps = {
  readonly home: string;
  readonly clock: Clock;
  readonly machine?: Machine | undefined;
  readonly batches: ReadonlyMap<string, RunningBatch>;
  readonly log: EngineLog;
};

export function createLimits({ home, clock, machine, batches, log }: LimitsDeps): Limits {
  const userFile = userConfigFile(process.env, home);
  const queue = createQueue(batches);
  const atStart = loadConfig(userFile, { sources: [] });
  const { engine } = atStart.ok ? atStart.value : builtInConfig;
  return {
    shared: createSharedLimits({ limits: engine, machine: machine ?? thisMachine(), clock }),
    output: {
      perExecution: engine.outputPerNode ?? defaultOutputLimits.perExecution,
      perBatch: engine.outputPerBatch ?? defaultOutputLimits.perBatch,
    },
    config: (place) => loadConfig(userFile, place),
    reserve(count, config) {
      const limit = config.engine.queue;
      const state = queue.state(limit);
      const message = `${count} more for the queue, in which ${state.queued} of at most ${limit} wait; ${state.running} run`;
      log.note({ level: 'info', event: 'queue', message, fields: { ...state, asked: count } });
      return queue.reserve(count, limit);
    },
    queue: () => queue.state(engine.queue),
    refused(what, user, result) {
      if (!result.ok) {
        const { code, message } = result.error;
        const text = `${what} refused for ${user}: ${message}`.slice(0, longest);
        log.note({ level: 'warn', event: 'refused', message: text, fields: { what, user, code } });
      }
      return result;
    },
  };
}
