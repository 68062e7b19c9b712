import type { UnknownHostKey } from './events.ts';
import type { Outcome } from './outcome.ts';

/** An outcome that names the host whose key nobody has said yes to. */
export function namingStranger(outcome: Outcome, { host, port, alias }: UnknownHostKey): Outcome {
  if (outcome.status !== 'unreachable') return outcome;
  return { ...outcome, stranger: { host, port, ...(alias !== undefined && { alias }) } };
}
