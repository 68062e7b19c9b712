import type { InventoryIndex } from '../../core/inventory/model.ts';
import type { ApprovalRequest } from '../../core/inventory/source.ts';
import type { Target } from '../../core/run/plan.ts';
import { whatActs } from './approvals.ts';
import type { SshExecutes } from './sshExecutes.ts';

/** A target that would act on this machine in a way that nobody has allowed yet. */
export type HeldTarget = { readonly node: string; readonly request: ApprovalRequest };

/** What ssh could execute on its way to a target. */
export type SshExecutesOf = (target: Target) => SshExecutes | undefined;

type Pending = { readonly source: string; readonly request: ApprovalRequest };

/**
 * Targets whose local node, proxy command or ssh configuration waits for a person's yes. A proxy command is held by every
 * source that has one pending: which of them it came from is not worth being wrong about.
 */
export function heldTargets(
  targets: readonly Target[],
  index: InventoryIndex,
  executesOf: SshExecutesOf,
): readonly HeldTarget[] {
  const pending = index.inventory.sources.flatMap(({ id, approvals }) =>
    approvals.map((request) => ({ source: id, request })),
  );
  if (pending.length === 0) return [];
  const proxy = pending.find(({ request }) => request.kind === 'proxy-command');
  return targets.flatMap((target): HeldTarget[] => {
    if (target.isHere) return [];
    const { node, transport, options } = target;
    const sources = index.nodes.get(node)?.sources ?? [];
    const local = pending.find(
      ({ source, request }) => request.kind === 'local-nodes' && sources.includes(source),
    );
    if (transport === 'local' && local) return [{ node, request: local.request }];
    const config = heldByConfig(target, { pending, index, executesOf });
    if (config) return [{ node, request: config }];
    const { proxyCommand } = options;
    if (typeof proxyCommand !== 'string' || !proxy) return [];
    return [{ node, request: { ...proxy.request, what: proxyCommand } }];
  });
}

/** Only what ssh could execute for this very node holds it, in the words of its configuration. */
function heldByConfig(
  target: Target,
  deps: { pending: readonly Pending[]; index: InventoryIndex; executesOf: SshExecutesOf },
): ApprovalRequest | undefined {
  const waiting = deps.pending.filter(({ request }) => request.kind === 'ssh-config');
  const executes = waiting.length > 0 ? deps.executesOf(target) : undefined;
  if (!executes || executes.what.length === 0) return undefined;
  const covering = deps.index.inventory.sources
    .filter(({ files }) => files.includes(executes.config))
    .map(({ id }) => id);
  const held = waiting.find(({ source }) => covering.length === 0 || covering.includes(source));
  return held && { ...held.request, what: whatActs(executes.what) };
}
