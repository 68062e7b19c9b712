import pLimit from 'p-limit';
import type { InventoryIndex, InventoryNode } from '../../core/inventory/model.ts';
import type { Transport } from '../../core/plugin/transport.ts';
import type { Reach } from '../../core/protocol/inventory.ts';
import type { Outcome } from '../../core/run/outcome.ts';
import { outcomeMessage } from '../../core/run/statuses.ts';
import { targetOf } from '../../core/run/target.ts';
import type { Clock } from '../../core/util/clock.ts';
import { messageOf } from '../../core/util/errors.ts';
import { heldTargets, type SshExecutesOf } from '../trust/heldTargets.ts';
import { createSshExecutes } from '../trust/sshExecutes.ts';

export type Prober = {
  readonly transports: ReadonlyMap<string, Transport>;
  readonly clock: Clock;
  /** The person's home folder. */
  readonly home: string;
};

/** Nodes that are asked at once, and milliseconds for each. */
const atOnce = 32;
const timeoutMs = 5000;

/** Asks nodes whether they answer, as a batch would reach them, but logs in to nobody but their jump hosts. */
export function probeNodes(
  names: readonly string[],
  index: InventoryIndex,
  prober: Prober,
): Promise<readonly Reach[]> {
  const window = pLimit(atOnce);
  const probing = { ...prober, index, executesOf: createSshExecutes(prober.home) };
  return Promise.all([...new Set(names)].map((name) => window(() => probeNode(name, probing))));
}

type Probing = Prober & { readonly index: InventoryIndex; readonly executesOf: SshExecutesOf };

async function probeNode(name: string, probing: Probing): Promise<Reach> {
  const { clock, index } = probing;
  const startedAt = clock.now();
  const node = index.nodes.get(name);
  const outcome = node ? await ask(node, probing) : 'there is no such node';
  const at = clock.now();
  if (outcome === undefined) return { node: name, answer: 'reachable', tookMs: at - startedAt, at };
  if (typeof outcome === 'string') return { node: name, answer: 'unknown', message: outcome, at };
  return {
    node: name,
    answer: isSilent(outcome) ? 'unreachable' : 'unknown',
    message: outcomeMessage(outcome),
    at,
  };
}

/** Undefined when it answers; a text when it was not asked. */
async function ask(
  node: InventoryNode,
  { transports, index, executesOf }: Probing,
): Promise<Outcome | string | undefined> {
  if (node.blocked !== undefined) return node.blocked;
  const target = targetOf(node, {}, index);
  const [held] = heldTargets([target], index, executesOf);
  if (held && held.request.kind !== 'local-nodes') return `nobody has allowed ${held.request.what} yet`;
  const transport = transports.get(target.transport);
  if (!transport?.probe) return `nobody can tell over ${target.transport}`;
  const options = transport.options.safeParse(target.options);
  if (!options.success) return options.error.message;
  const { signal } = new AbortController();
  try {
    return await transport.probe(target, options.data, { signal, timeoutMs, onPhase: () => undefined });
  } catch (error) {
    return messageOf(error);
  }
}

/** What says something about the node itself, and not about us or its jump host. */
function isSilent(outcome: Outcome): boolean {
  return outcome.status === 'unreachable' && !['host-key', 'auth', 'jump'].includes(outcome.kind);
}
