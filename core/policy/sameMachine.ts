import type { AskedNode } from './asked.ts';
import { addressBits, canonicalHost } from './hostAddress.ts';

/** Addresses that names stand for, by the name in its canonical spelling; a name that is not in it is not known. */
export type Addresses = ReadonlyMap<string, readonly string[]>;

/**
 * Finds out whether a node is one of these by another name: the same port and the same host in any spelling, the same
 * address after names were looked up, or, where a short name could not be looked up, the same first label.
 * Gives the name of the node that it is.
 */
export function sameMachine(
  known: readonly AskedNode[],
  addresses: Addresses,
): (node: AskedNode) => string | undefined {
  const byKey = new Map<string, string>();
  const add = (key: string, node: AskedNode): void => void byKey.set(key, byKey.get(key) ?? node.name);
  for (const node of known) {
    for (const key of keysOf(node, addresses)) add(key, node);
    const label = labelOf(node, addresses);
    if (label) add(`${label.length} ${label.text}`, node);
  }
  return (node) => {
    const label = labelOf(node, addresses);
    const other = label && `${label.length === 'short' ? 'long' : 'short'} ${label.text}`;
    const keys = [...keysOf(node, addresses), ...(other === undefined ? [] : [other])];
    return keys.map((key) => byKey.get(key)).find((found) => found !== undefined);
  };
}

function keysOf({ host, port }: AskedNode, addresses: Addresses): readonly string[] {
  if (host === undefined) return [];
  const name = canonicalHost(host);
  return [name, ...(addresses.get(name) ?? [])].map((each) => `${each} ${port}`);
}

/** The first label of a name, with the port; a short name that was looked up needs no guess. */
function labelOf(
  { host, port }: AskedNode,
  addresses: Addresses,
): { length: 'short' | 'long'; text: string } | undefined {
  const name = host === undefined ? undefined : canonicalHost(host);
  if (name === undefined || addressBits(name)) return undefined;
  const [label = ''] = name.split('.');
  if (label === name && addresses.has(name)) return undefined;
  return { length: label === name ? 'short' : 'long', text: `${label} ${port}` };
}
