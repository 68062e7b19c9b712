import { appendFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../history/makeFolder.ts';

/** What happened, as one JSON object; the batch's id is in it where there is one. */
export type LogEntry = { readonly event: string; readonly batch?: string } & Readonly<
  Record<string, unknown>
>;

/** What the engine did, one JSON object a line, for its user alone. */
export type EngineLog = {
  /** Adds a line, after those before it. `at` is milliseconds since the epoch. */
  add(at: number, entry: LogEntry): void;
  /** Settles when all lines are written. */
  flushed(): Promise<void>;
};

/** Bytes after which the log begins anew; the one before it is kept as `.1`. */
const mostBytes = 8 * 1024 * 1024;

/** A log that can not be written loses lines, and nothing else: batches have a log of their own. */
export function createEngineLog(file: string): EngineLog {
  let last = Promise.resolve();
  const write = async (line: string): Promise<void> => {
    await makeFolder(dirname(file));
    const size = await stat(file).then(
      (info) => info.size,
      () => 0,
    );
    if (size > mostBytes) await rename(file, `${file}.1`);
    await appendFile(file, line, { mode: 0o600 });
  };
  return {
    add(at, entry) {
      const line = `${JSON.stringify({ at: new Date(at).toISOString(), ...entry })}\n`;
      last = last.then(() => write(line)).catch(() => undefined);
    },
    flushed: () => last,
  };
}
