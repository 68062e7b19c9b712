import { plural } from '../../core/run/format.ts';
import type { StrangeHost } from '../../core/run/outcome.ts';
import type { Target } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import { shellWord } from '../inventory/trustCommand.ts';

/** Commands that the hint lists. */
const mostCommands = 10;

/** What to do about host keys that are not known, where nobody could be asked: what to type, one line for each host. */
export function hostKeyHint(
  { executions }: BatchState,
  { targets }: { readonly targets: readonly Pick<Target, 'node' | 'options'>[] },
): readonly string[] {
  const unknown = executions.flatMap(({ node, outcome }) => {
    const stranger = outcome?.status === 'unreachable' ? outcome.stranger : undefined;
    return stranger ? [{ node, stranger }] : [];
  });
  if (unknown.length === 0) return [];
  const byNode = new Map(targets.map((target) => [target.node, target.options]));
  const commands = unknown.flatMap(
    ({ node, stranger }) => scanCommand(stranger, byNode.get(node) ?? {}) ?? [],
  );
  const shown = [...new Set(commands)];
  const nodes = plural(unknown.length, 'node shows a host key that is', 'nodes show host keys that are');
  const intro = `${nodes} not in known_hosts; nothing was sent there. Run this in a terminal to be asked`;
  if (shown.length === 0) return [`${intro}.`];
  return [
    `${intro}, or, once you have compared the fingerprints above with a source you trust:`,
    ...shown.slice(0, mostCommands).map((command) => `  ${command}`),
    ...(shown.length > mostCommands
      ? [`  and the same for ${plural(shown.length - mostCommands, 'more host')}`]
      : []),
  ];
}

/** Undefined for what ssh-keyscan does not reach, hosts behind others, or would write down under another name. */
function scanCommand(
  { host, port, alias }: StrangeHost,
  { via, proxyCommand, knownHosts }: Target['options'],
): string | undefined {
  if (alias !== undefined || proxyCommand !== undefined || !/^[\w.:-]+$/.test(host)) return undefined;
  if (Array.isArray(via) && via.length > 0) return undefined;
  const own: unknown = Array.isArray(knownHosts) ? knownHosts[0] : undefined;
  const file = typeof own === 'string' ? shellWord(own) : '~/.ssh/known_hosts';
  return `ssh-keyscan ${port === 22 ? '' : `-p ${port} `}${host.toLowerCase()} >>${file}`;
}
