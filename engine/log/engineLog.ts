import { appendFileSync, renameSync, statSync } from 'node:fs';
import { isAtLeast, type LogLevel, type LogRecord } from '../../core/log/record.ts';
import type { Clock } from '../../core/util/clock.ts';
import { Emitter, type Event } from '../../core/util/emitter.ts';

/** What the engine has to say that is no event of a batch. */
export type Note = Omit<LogRecord, 'time' | 'seq'>;

/** What the engine did, one record a line, for its user alone. */
export type EngineLog = {
  readonly file: string;
  /** Writes down what events of batches said. */
  add(records: readonly LogRecord[]): void;
  /** Writes down what the engine itself has to say, and tells it. */
  note(note: Note): void;
  readonly onNote: Event<LogRecord>;
};

export type EngineLogOptions = {
  readonly file: string;
  /** The least level that is written. */
  readonly level: LogLevel;
  readonly clock: Clock;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
};

/** Bytes after which the log begins anew; the one before it is kept as `.1`. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Lines are written at once: there are few writes, and whoever hears of something finds it here. Processes that share a
 * data folder share the file. A log that can not be written loses lines, and nothing else: batches have logs of their own.
 */
export function createEngineLog({ file, level, clock, redact }: EngineLogOptions): EngineLog {
  const notes = new Emitter<LogRecord>();
  const write = (records: readonly LogRecord[]): void => {
    const wanted = records.filter((record) => isAtLeast(record.level, level));
    if (wanted.length === 0) return;
    try {
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > mostBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, wanted.map((record) => `${JSON.stringify(record)}\n`).join(''), { mode: 0o600 });
    } catch {
      // See above.
    }
  };
  return {
    file,
    add: write,
    note({ message, ...rest }) {
      const record = { time: new Date(clock.now()).toISOString(), ...rest, message: redact(message) };
      write([record]);
      notes.fire(record);
    },
    onNote: notes.event,
  };
}
