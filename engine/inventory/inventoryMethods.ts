import { editInventory } from '../../core/inventory/edit/editInventory.ts';
import { writeInventory } from '../../core/inventory/write/writeInventory.ts';
import type { ApprovalRequest } from '../../core/inventory/source.ts';
import type { Inventory } from '../../core/inventory/model.ts';
import { indexInventory } from '../../core/inventory/model.ts';
import { usualFiles } from '../../core/inventory/usualFiles.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import { resolveTargets } from '../../core/selection/resolveTargets.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { formatProblem, hasErrors } from '../../core/util/problem.ts';
import { type Prober, probeNodes } from '../reach/probeNodes.ts';
import type { MayAct } from '../policy/policyMethods.ts';
import { openDisk } from '../sources/diskFiles.ts';
import { readerIn } from '../sources/selectionFiles.ts';
import type { InventoryLoader } from '../sources/loadInventory.ts';
import { knownKeys } from '../transports/ssh/knownKeys.ts';
import { secretApprovalsIn } from '../trust/secretCommands.ts';
import type { TrustStore } from '../trust/trustStore.ts';

export type InventoryMethods = Pick<
  EngineClient,
  | 'inventory'
  | 'findSources'
  | 'resolve'
  | 'node'
  | 'exportInventory'
  | 'reach'
  | 'hostKeys'
  | 'approve'
  | 'editInventory'
>;

export type InventoryDeps = {
  readonly loader: InventoryLoader;
  readonly trust: TrustStore;
  readonly mayAct: MayAct;
  readonly prober: Prober;
  readonly context: ClientContext;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A whole number for shuffles and samples that nobody gave a seed. */
  readonly seed: () => number;
};

/** What a client may ask about inventories. */
export function inventoryMethods(deps: InventoryDeps): InventoryMethods {
  const { loader, trust, mayAct, prober, context, now, seed } = deps;
  const load = (sources: Parameters<InventoryLoader['load']>[0], refresh = false) =>
    loader.load(sources, { ...context, refresh });
  const files = context.folder === undefined ? {} : { files: readerIn(context.folder) };
  return {
    inventory: async ({ sources, refresh, vars }) =>
      (vars ? inFull : outlineOf)((await load(sources, refresh)).inventory),
    findSources: async ({ folders }) => folders.flatMap((folder) => usualFiles(folder, openDisk().files)),
    async resolve({ sources, ...query }) {
      const index = indexInventory((await load(sources)).inventory);
      return resolveTargets(query, index, { seed: seed(), ...files });
    },
    async node({ sources, node }) {
      const detail = (await load(sources)).detail(node);
      return detail ? { ok: true, value: detail } : refuse('NOT_FOUND', `There is no node ${node}.`);
    },
    async exportInventory({ sources, format, selection }) {
      const { inventory } = await load(sources);
      if (selection === undefined) return { ok: true, value: writeInventory(inventory, format, masked) };
      const { nodes, problems } = resolveTargets({ selection }, indexInventory(inventory), { seed: seed() });
      if (hasErrors(problems)) return refuse('SELECTION_UNKNOWN', problems.map(formatProblem).join('\n'));
      return { ok: true, value: writeInventory(inventory, format, { ...masked, only: new Set(nodes) }) };
    },
    async reach({ sources, nodes }) {
      if (!context.trusted) return untrusted('connects');
      const index = indexInventory((await load(sources)).inventory);
      const may = await mayAct('reach', { sources, nodes, index });
      if (!may.ok) return may;
      return { ok: true, value: await probeNodes(nodes, index, prober) };
    },
    hostKeys: async (query) => (context.trusted ? knownKeys(query) : []),
    async approve({ sources, ids, file }) {
      if (!context.trusted) return untrusted('is allowed');
      const { inventory } = await load(sources);
      const may = await mayAct('approve', { sources, nodes: [], index: indexInventory(inventory) });
      if (!may.ok) return may;
      const own = file === undefined ? undefined : secretApprovalsIn(file);
      if (own && !own.ok) return own;
      const wanted = pendingOf(
        [...inventory.sources.flatMap(({ approvals }) => approvals), ...(own?.value ?? [])],
        ids,
      );
      if (wanted.ok) await trust.add(wanted.value, now());
      return wanted.ok ? { ok: true, value: null } : wanted;
    },
    editInventory: async (query) => editInventory(query),
  };
}

/** What waits for a yes, by the ids that a person was shown. */
function pendingOf(
  pending: readonly ApprovalRequest[],
  ids: readonly string[],
): Result<readonly ApprovalRequest[]> {
  const wanted = pending.filter(({ id }) => ids.includes(id));
  if (wanted.length === new Set(ids).size) return { ok: true, value: wanted };
  return refuse('PLAN_STALE', 'What you were asked about has changed since. Look at it again.');
}

const masked = { secrets: 'masked' } as const;

const inFull = (inventory: Inventory): Inventory => inventory;

/** An inventory without vars, which can be a hundred times as much as the rest. */
function outlineOf(inventory: Inventory): Inventory {
  return {
    ...inventory,
    nodes: inventory.nodes.map((node) => {
      const { ansibleVars: _large, ...rest } = node;
      return { ...rest, vars: {} };
    }),
    groups: inventory.groups.map((group) => ({ ...group, vars: {} })),
  };
}

function untrusted(what: string): Result<never> {
  return refuse('UNTRUSTED', `Restricted Mode: nothing ${what} until you trust this folder.`);
}
