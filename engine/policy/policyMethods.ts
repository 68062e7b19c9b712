import { indexInventory, type InventoryIndex } from '../../core/inventory/model.ts';
import type { SourceRef } from '../../core/inventory/source.ts';
import { askedNodes } from '../../core/policy/asked.ts';
import { freezeReasons } from '../../core/policy/authorize.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import type { Capability } from '../../core/schema/policy.ts';
import { messageOf, type Result } from '../../core/util/errors.ts';
import type { InventoryLoader } from '../sources/loadInventory.ts';
import { writeFreeze } from './freezeFile.ts';
import type { Guard } from './guard.ts';
import { freezeFileIn, type PolicyPlaces, readPolicies } from './readPolicies.ts';

/** Asks the guard about a capability other than `run`. Nobody can confirm those, so that only a denial counts. */
export type MayAct = (
  capability: Exclude<Capability, 'run'>,
  asked: { sources: readonly SourceRef[]; nodes: readonly string[]; index: InventoryIndex },
) => Promise<Result<null>>;

export function mayAct(guard: Guard, context: ClientContext): MayAct {
  return (capability, { sources, nodes, index }) => {
    const asked = { capability, nodes: askedNodes(nodes, index) };
    return guard.permit({ asked, context, held: [], sources, index }, {});
  };
}

export type PolicyDeps = PolicyPlaces & {
  readonly guard: Guard;
  readonly loader: InventoryLoader;
  readonly context: ClientContext;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** What a client may ask about rules, and the freeze switch. */
export function policyMethods(deps: PolicyDeps): Pick<EngineClient, 'permit' | 'policy' | 'freeze'> {
  const { guard, loader, context, now } = deps;
  const permitted = mayAct(guard, context);
  return {
    async permit({ capability, sources, nodes }) {
      const index = indexInventory((await loader.load(sources, context)).inventory);
      return permitted(capability, { sources, nodes, index });
    },
    async policy({ sources }) {
      const { files, policies } = await readPolicies(deps, context, sources);
      const { freeze } = policies;
      const isOn = freeze && (freeze.until === undefined || freeze.until > now());
      return {
        files: files.map(({ file, level, read }) => {
          const rules = read.status === 'ok' ? read.policy.rules.length : 0;
          return { file, level, status: read.status, rules };
        }),
        closed: [...policies.broken, ...freezeReasons({ policies, now: now() })],
        ...(isOn && { frozen: freeze }),
      };
    },
    async freeze({ freeze }) {
      if (!freeze && context.as !== undefined) {
        return { ok: false, error: { code: 'DENIED', message: 'Only a person can end a freeze.' } };
      }
      const file = freezeFileIn(deps.dataDir);
      try {
        await writeFreeze(file, freeze && { ...freeze, by: context.user, at: now() });
        return { ok: true, value: null };
      } catch (error) {
        const message = `${file} can not be written: ${messageOf(error)}. Make the folder writable.`;
        return { ok: false, error: { code: 'HISTORY_UNWRITABLE', message } };
      }
    },
  };
}
