import { readFile } from 'node:fs/promises';
import { isAtLeast, type LogLevel, logLevels, type LogRecord } from '../../core/log/record.ts';

export type Wanted = {
  readonly level: LogLevel;
  /** Only records of this batch that are none of its events: those are in its event log. */
  readonly batch?: string | undefined;
};

/** Records of the log and of the one before it, the oldest first. A line that is none, such as a torn one, is left out. */
export async function readLog(file: string, { level, batch }: Wanted): Promise<LogRecord[]> {
  const texts = await Promise.all([`${file}.1`, file].map((path) => readFile(path, 'utf8').catch(() => '')));
  return texts.flatMap((text) =>
    text.split('\n').flatMap((line) => {
      const record = line === '' ? undefined : recordIn(line);
      if (!record || !isAtLeast(record.level, level)) return [];
      return batch === undefined || (record.batch === batch && record.seq === undefined) ? [record] : [];
    }),
  );
}

/** Only the frame is checked: the file is the user's own. */
function recordIn(line: string): LogRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is LogRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { time, level, message, event } = value as Partial<Record<keyof LogRecord, unknown>>;
  const isText = [time, message, event].every((each) => typeof each === 'string');
  return isText && (logLevels as readonly unknown[]).includes(level);
}
