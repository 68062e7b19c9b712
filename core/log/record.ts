/** From what only a bug hunt needs to what somebody has to look at; VS Code's output channels have the same. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One line of the log. Absent fields have no meaning: a record without a batch is about the engine. */
export type LogRecord = {
  /** ISO 8601, UTC, with milliseconds. */
  readonly time: string;
  readonly level: LogLevel;
  /** What happened, for programs: the type of a batch's event, or a word of the engine's own, such as `refused`. */
  readonly event: string;
  /** The same for people, without the batch and the node. */
  readonly message: string;
  /** The whole id. */
  readonly batch?: string;
  readonly node?: string;
  readonly execution?: string;
  /** Joins all that belongs to one attempt on one node: batch, execution and attempt, as `01J…/e3/1`. */
  readonly correlation?: string;
  /** Number of the batch's event that this record is made of. */
  readonly seq?: number;
  /** Plain JSON, by what happened. */
  readonly fields?: Readonly<Record<string, unknown>>;
};

/** Whether a level is the least one wanted, or above it. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(least);
}

/** Names one attempt wherever it is spoken of. Attempts count from 1. */
export function correlationOf(batch: string, execution: string, attempt: number): string {
  return `${batch}/${execution}/${attempt}`;
}

/** The stack of what crashed, line by line; empty where there is none. */
export function stackOf({ fields }: LogRecord): readonly string[] {
  const stack = fields?.['stack'];
  return typeof stack === 'string' ? stack.split('\n') : [];
}
