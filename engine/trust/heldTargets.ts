import type { InventoryIndex } from '../../core/inventory/model.ts';
import type { ApprovalRequest } from '../../core/inventory/source.ts';
import type { Target } from '../../core/run/plan.ts';

/** A target that would act on this machine in a way that nobody has allowed yet. */
export type HeldTarget = { readonly node: string; readonly request: ApprovalRequest };

/**
 * Targets whose local node, proxy command or ssh configuration waits for a person's yes. The latter two are held by every
 * source that has one pending: which of them it came from is not worth being wrong about.
 */
export function heldTargets(targets: readonly Target[], index: InventoryIndex): readonly HeldTarget[] {
  const pending = index.inventory.sources.flatMap(({ id, approvals }) =>
    approvals.map((request) => ({ source: id, request })),
  );
  if (pending.length === 0) return [];
  const proxy = pending.find(({ request }) => request.kind === 'proxy-command');
  const config = pending.find(({ request }) => request.kind === 'ssh-config');
  return targets.flatMap(({ node, transport, options }): HeldTarget[] => {
    const sources = index.nodes.get(node)?.sources ?? [];
    const local = pending.find(
      ({ source, request }) => request.kind === 'local-nodes' && sources.includes(source),
    );
    if (transport === 'local' && local) return [{ node, request: local.request }];
    if (transport === 'openssh' && config && options['sshConfig'] !== 'none')
      return [{ node, request: config.request }];
    return options['proxyCommand'] !== undefined && proxy ? [{ node, request: proxy.request }] : [];
  });
}
