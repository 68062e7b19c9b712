import { plural } from '../../core/run/format.ts';
import type { BatchState } from '../../core/run/state.ts';

/** What to do about host keys that are not known, where nobody could be asked. */
export function hostKeyHint(state: BatchState): string | undefined {
  const unknown = state.executions.filter(
    ({ outcome }) =>
      outcome?.status === 'unreachable' &&
      outcome.kind === 'host-key' &&
      / is not known: /.test(outcome.message),
  );
  if (unknown.length === 0) return undefined;
  const nodes = plural(unknown.length, 'node shows a host key that is', 'nodes show host keys that are');
  return (
    `${nodes} not in known_hosts; nothing was sent there. Run this in a terminal to be asked, ` +
    `or add what ssh-keyscan prints to known_hosts once you have compared the fingerprints.`
  );
}
