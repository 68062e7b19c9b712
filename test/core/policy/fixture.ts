import assert from 'node:assert/strict';
import { indexInventory, type InventoryIndex } from '../../../core/inventory/model.ts';
import { readInventory } from '../../../core/inventory/readInventory.ts';
import { type Asked, askedNodes } from '../../../core/policy/asked.ts';
import { authorize, type Rules } from '../../../core/policy/authorize.ts';
import { type Policy, type PolicyLevel, readPolicy } from '../../../core/policy/policy.ts';
import type { Actor } from '../../../core/policy/matchRule.ts';
import type { Decision } from '../../../core/policy/verdict.ts';

export const now = Date.UTC(2026, 10, 21, 12);

export function indexOf(nodes: string): InventoryIndex {
  const text = `version: 1\nnodes:\n${nodes}\n`;
  const { inventory } = readInventory(text, { source: 'inventory.yaml', resolvePath: (path) => path });
  assert.deepEqual(inventory.problems, []);
  return indexInventory(inventory);
}

/** A policy that has no mistakes. */
export function policyOf(text: string, level: PolicyLevel = 'user'): Policy {
  const { policy, problems } = readPolicy(text, { file: `${level}.yaml`, level });
  assert.deepEqual(problems, []);
  assert.ok(policy);
  return policy;
}

const fleet = indexOf(`
  web[1-3]: { tags: [web, prod] }
  db01: { host: 10.0.0.5, tags: [db, prod] }
  lab1: { tags: [lab] }
  here: { transport: local, cwd: . }
`);

export type Try = {
  readonly policies?: readonly Policy[];
  readonly index?: InventoryIndex;
  readonly command?: string;
  readonly who?: Partial<Actor>;
  readonly rules?: Partial<Omit<Rules, 'policies'>> & { policies?: Partial<Rules['policies']> };
  readonly asked?: Partial<Asked>;
};

/** What the rules make of a command on nodes. */
export function decide(
  nodes: readonly string[],
  { policies = [], index = fleet, command = 'uptime', ...change }: Try = {},
): Decision {
  const asked: Asked = {
    capability: 'run',
    nodes: askedNodes(nodes, index),
    action: { type: 'command', texts: [command] },
    ...change.asked,
  };
  const { policies: more, ...rest } = change.rules ?? {};
  const rules: Rules = {
    index,
    now,
    addresses: new Map(),
    policies: { policies, broken: [], ...more },
    ...rest,
  };
  return authorize(asked, { user: 'ada', trusted: true, held: [], ...change.who }, rules);
}
