import type { InventoryIndex, InventoryNode } from '../inventory/model.ts';
import { isSecurityKey } from '../inventory/sshConfig/needs.ts';
import { byReason } from './byReason.ts';

/** How a node is reached; `why` says what needs it where nobody has asked for it. */
export type Choice = { readonly transport: string; readonly why?: string };

/** The transport of a node: its own, or openssh where the way to it has what the ssh transport can not do. */
export function transportOf(node: InventoryNode, index: InventoryIndex): Choice {
  const { transport } = node.connection;
  const why = transport === 'ssh' || transport === 'openssh' ? needOf(node, index, new Set()) : undefined;
  return why === undefined ? { transport } : { transport: 'openssh', why };
}

function needOf(node: InventoryNode, index: InventoryIndex, seen: Set<string>): string | undefined {
  seen.add(node.name);
  const { transport, needsOpenssh, identityFiles, jump } = node.connection;
  if (transport === 'openssh' && needsOpenssh !== undefined) return needsOpenssh;
  const key = identityFiles.find(isSecurityKey);
  if (key !== undefined) return `the security key ${key}`;
  for (const name of jump) {
    const hop = seen.has(name) ? undefined : index.nodes.get(name);
    const need = hop && needOf(hop, index, seen);
    if (need !== undefined) return `its jump host ${name}: ${need}`;
    if (hop?.connection.transport === 'openssh')
      return `its jump host ${name}, which is reached over openssh`;
  }
  return undefined;
}

/** A sentence for each reason for which nodes are reached over openssh although nobody asked for it. */
export function opensshNotes(nodes: readonly InventoryNode[], index: InventoryIndex): readonly string[] {
  return byReason(
    nodes.flatMap((node) => {
      const { why } = transportOf(node, index);
      const reason = `over openssh, the ssh of this machine, because of ${why}.`;
      return why === undefined ? [] : [{ node: node.name, reason }];
    }),
  );
}
