import { type LogRecord, stackOf } from '../../core/log/record.ts';
import { shortId } from '../../core/run/format.ts';
import { escapeLine } from '../terminal/escape.ts';
import { clockTime, localTime } from '../terminal/localTime.ts';

/** `14:02:11.480 warn  7f3k web03: failed after 0.4 s: exit 3`, in local time; `date` puts the day in front. */
export function recordText(record: LogRecord, shown: Shown): string {
  const { time, level, batch, node, message } = record;
  const at = Date.parse(time);
  const clock = shown === 'date' ? localTime(at) : clockTime(at);
  const where = [batch === undefined ? 'engine' : shortId(batch), ...(node === undefined ? [] : [node])];
  const head = `${clock}.${String(at % 1000).padStart(3, '0')}`;
  const stack = stackOf(record).map((line) => `  ${escapeLine(line)}\n`);
  return `${head} ${level.padEnd(5)} ${escapeLine(where.join(' '))}: ${escapeLine(message)}\n${stack.join('')}`;
}

export type Shown = 'time' | 'date';
