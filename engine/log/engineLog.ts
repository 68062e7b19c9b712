import { appendFileSync, renameSync, statSync } from 'node:fs';

/** What happened, as one JSON object; the batch's id is in it where there is one. */
export type LogEntry = { readonly event: string; readonly batch?: string } & Readonly<
  Record<string, unknown>
>;

/** What the engine did, one JSON object a line, for its user alone. */
export type EngineLog = {
  /** Adds a line. `at` is milliseconds since the epoch. */
  add(at: number, entry: LogEntry): void;
};

/** Bytes after which the log begins anew; the one before it is kept as `.1`. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Lines are written at once: there are few, and whoever hears of something finds it here. A log that can not be written
 * loses lines, and nothing else: batches have a log of their own.
 */
export function createEngineLog(file: string): EngineLog {
  return {
    add(at, entry) {
      const line = `${JSON.stringify({ at: new Date(at).toISOString(), ...entry })}\n`;
      try {
        const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
        if (size > mostBytes) renameSync(file, `${file}.1`);
        appendFileSync(file, line, { mode: 0o600 });
      } catch {
        // See above.
      }
    },
  };
}
