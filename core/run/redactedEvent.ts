import type { LoggedEvent } from './events.ts';
import type { Secrets } from './redact.ts';

/** Fields of events that hold what somebody, or some node, said; all others are ours, such as statuses and ids. */
const said = new Set([
  'message',
  'reason',
  'stack',
  'lastLine',
  'ownLastLine',
  'label',
  'auth',
  'hostKey',
  'signal',
]);

/** The event as it may be written down. A plan stays as it is: it is made before anybody is asked for a secret. */
export function withoutSecrets(event: LoggedEvent, { isEmpty, redact }: Secrets): LoggedEvent {
  if (isEmpty() || event.type === 'batchStarted') return event;
  return cleaned(event, redact);
}

function cleaned<T extends object>(value: T, redact: (text: string) => string): T {
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) => {
    if (typeof each === 'string') return [key, said.has(key) ? redact(each) : each];
    const isPlain = typeof each === 'object' && each !== null && !Array.isArray(each);
    return [key, isPlain ? cleaned(each, redact) : each];
  });
  return Object.fromEntries(entries) as T;
}
