import type { createArchive } from './history/archive.ts';
import type { Unsaved } from './history/unsaved.ts';
import type { BatchEvents } from '../core/run/events.ts';
import type { OutputSink } from '../core/run/executionContext.ts';
import type { Tally } from '../core/log/tally.ts';
import type { Secrets } from '../core/run/redact.ts';
import type { ServiceGates } from '../core/run/schedule/serviceGates.ts';
import type { Clock } from '../core/util/clock.ts';
import type { Emitter } from '../core/util/emitter.ts';
import type { RunningBatch } from './batch.ts';
import type { AnswerBook } from './gather/answers.ts';
import type { HistoryLayout } from './history/layout.ts';
import type { History } from './history/history.ts';
import type { EngineLog } from './log/engineLog.ts';
import type { Limits } from './limits/limits.ts';
import type { Guard } from './policy/guard.ts';
import type { Elsewhere } from './others/elsewhere.ts';
import type { PolicyPlaces } from './policy/readPolicies.ts';
import type { Sources } from './sources/sources.ts';
import type { TransportFactory } from './transports/index.ts';

/** What an engine has, made once, for all its clients. */
export type World = Sources & {
  /** The person's home folder. */
  readonly home: string;
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  /** The clock of a batch that begins now. */
  readonly batchClock: () => Clock;
  readonly transports: TransportFactory;
  readonly places: PolicyPlaces;
  readonly guard: Guard;
  readonly unsaved: Unsaved;
  readonly archive: ReturnType<typeof createArchive>;
  readonly history: History;
  readonly answerBook: AnswerBook;
  readonly batches: Map<string, RunningBatch>;
  readonly events: Emitter<BatchEvents>;
  /** Other processes on the same history. */
  readonly elsewhere: Elsewhere;
  readonly newId: () => string;
  readonly onOutput: OutputSink['write'] | undefined;
  readonly limits: Limits;
  /** Limits of the services that requests of playbooks go to. */
  readonly services: ServiceGates;
  readonly log: EngineLog;
  readonly tally: Tally;
  /** What persons gave, to any batch: none of it reaches a file. */
  readonly secrets: Secrets;
};
