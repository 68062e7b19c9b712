import { type LogRecord, stackOf } from '../../core/log/record.ts';
import { shortId } from '../../core/run/format.ts';
import { visible } from '../../core/util/visible.ts';

/** A record in the output channel, which writes time and level itself: `7f3k web03: failed after 0.4 s: exit 3`. */
export function channelText({ batch, node, message }: LogRecord): string {
  const where = [...(batch === undefined ? [] : [shortId(batch)]), ...(node === undefined ? [] : [node])];
  return visible(`${where.join(' ')}${where.length > 0 ? ': ' : ''}${message}`);
}

/** A record as a line of a document, in the form of VS Code's own logs, which it colours; local time. */
export function logLine(record: LogRecord): string {
  const at = new Date(record.time);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(two).join('-');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  const ms = String(at.getMilliseconds()).padStart(3, '0');
  const where = record.node === undefined ? '' : `${record.node}: `;
  return `${day} ${clock}.${ms} [${record.level}] ${[`${where}${record.message}`, ...stackOf(record)].map(visible).join('\n  ')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
