import * as z from 'zod';
import type { EngineMetrics } from '../log/tally.ts';
import { logLevels, type LogRecord } from '../log/record.ts';
import type { LoggedEvent } from '../run/events.ts';
import type { Event } from '../util/emitter.ts';
import type { Result } from '../util/errors.ts';

/** Which records of the log. */
export const LogQuery = z.object({
  /** All there is about one batch, whatever the level of the engine's log; else the engine's log. */
  batch: z.string().max(64).optional(),
  /** The least level; `info` where none is given. */
  level: z.enum(logLevels).optional(),
  /** The newest so many; 1000 where no number is given. */
  limit: z.int().min(1).max(100_000).optional(),
});
export type LogQuery = z.infer<typeof LogQuery>;

/** The oldest record first. */
export type LogPage = { readonly records: readonly LogRecord[] };

/** Which events of a batch. */
export const EventsQuery = z.object({
  batch: z.string().max(64),
  /** Only those after the event with this number. */
  after: z.int().min(0).optional(),
  limit: z.int().min(1).max(100_000).optional(),
});
export type EventsQuery = z.infer<typeof EventsQuery>;

/** In order. `more`: there are others after the last of these. */
export type EventsPage = { readonly events: readonly LoggedEvent[]; readonly more: boolean };

/** What is counted: this engine's batches since it started or, with a time, those on disk begun since then. */
export const MetricsQuery = z.object({ since: z.number().min(0).optional() });
export type MetricsQuery = z.infer<typeof MetricsQuery>;

/** What a client can ask about what happened. */
export interface LogClient {
  log(query: LogQuery): Promise<Result<LogPage>>;
  events(query: EventsQuery): Promise<Result<EventsPage>>;
  metrics(query: MetricsQuery): Promise<Result<EngineMetrics>>;
  /** What the engine itself has to say, as it comes; what batches say is in their events. */
  readonly onLog: Event<LogRecord>;
}
