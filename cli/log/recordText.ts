import { type LogRecord, stackOf } from '../../core/log/record.ts';
import { shortId } from '../../core/run/format.ts';
import { escapeLine } from '../terminal/escape.ts';

/** `14:02:11.480 warn  7f3k web03: failed after 0.4 s: exit 3`, in local time; `date` puts the day in front. */
export function recordText(record: LogRecord, shown: Shown): string {
  const { time, level, batch, node, message } = record;
  const at = new Date(time);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} `;
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  const where = [batch === undefined ? 'engine' : shortId(batch), ...(node === undefined ? [] : [node])];
  const head = `${shown === 'date' ? day : ''}${clock}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  const stack = stackOf(record).map((line) => `  ${escapeLine(line)}\n`);
  return `${head} ${level.padEnd(5)} ${escapeLine(where.join(' '))}: ${escapeLine(message)}\n${stack.join('')}`;
}

export type Shown = 'time' | 'date';

function two(value: number): string {
  return String(value).padStart(2, '0');
}
