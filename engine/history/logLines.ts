import type { LoggedEvent } from '../../core/run/events.ts';

/**
 * The whole events in a piece of a log, and where the last of them ends, in bytes. A torn last line, left by a crash in
 * the middle of a write, is none; a damaged line among others is passed over, since those after it are still true.
 */
export function eventsIn(bytes: Buffer): { events: LoggedEvent[]; validBytes: number } {
  const events: LoggedEvent[] = [];
  let validBytes = 0;
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    const event = eventOf(bytes.toString('utf8', from, end));
    from = end + 1;
    if (!event) continue;
    events.push(event);
    validBytes = from;
  }
  return { events, validBytes };
}

/** Events as the log has them: JSON, one on each line. */
export function linesOf(events: readonly LoggedEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** Only the frame of an event is checked: the file is the user's own, and an unknown event changes no state. */
function eventOf(line: string): LoggedEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is LoggedEvent {
  return typeof value === 'object' && value !== null && 'seq' in value && 'at' in value && 'type' in value;
}
