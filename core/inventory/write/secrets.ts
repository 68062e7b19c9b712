import type { Value } from '../../schema/value.ts';
import type { Inventory } from '../model.ts';

/** What stands in the place of a secret. */
export const masked = '********';

/**
 * Whether a var or fact of this name holds a secret by what its name says: `ansible_password`, `become_pass`, `db_token`.
 * A key file (`ansible_ssh_private_key_file`) is a path and no secret.
 */
export function isSecretName(name: string): boolean {
  if (/private[_-]?key/i.test(name)) return !/file$/i.test(name);
  return (
    /password|passwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key/i.test(name) ||
    /(?:^|[_.-])(?:pass|pwd)$/i.test(name) ||
    /[a-z]Pass$/.test(name)
  );
}

/** A value without the secrets that names inside it speak of. */
export function maskValue(name: string, value: Value): Value {
  if (value === null || typeof value === 'boolean') return value;
  if (isSecretName(name)) return masked;
  if (Array.isArray(value)) return value.map((item) => maskValue('', item));
  return typeof value === 'object' ? maskValues(value) : value;
}

/** The same for all values of a node or group. */
function maskValues(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Value] => [name, maskValue(name, value)]),
  );
}

/** An inventory without the secrets in its vars and facts. */
export function maskInventory(inventory: Inventory): Inventory {
  return {
    ...inventory,
    nodes: inventory.nodes.map((node) => ({
      ...node,
      vars: maskValues(node.vars),
      ...(node.ansibleVars && { ansibleVars: maskValues(node.ansibleVars) }),
      facts: maskValues(node.facts),
    })),
    groups: inventory.groups.map((group) => ({ ...group, vars: maskValues(group.vars) })),
  };
}
