import type { InventoryFile } from '../schema/inventory.ts';
import { hasErrors } from '../util/problem.ts';
import type { ParsedDocument } from '../yaml/parseDocument.ts';
import { mergeSources } from './merge/merge.ts';
import type { InventoryPart } from './part.ts';
import type { Inventory } from './model.ts';
import { type MusterContext, parseMuster } from './muster/parseMuster.ts';
import { musterPriority, type SourceState } from './source.ts';

/** One `inventory.yaml` as an inventory of its own, without the sources that it names. */
export function readInventory(
  text: string,
  context: MusterContext,
): { inventory: Inventory; part: InventoryPart; document: ParsedDocument<InventoryFile> } {
  const { part, document } = parseMuster(text, context);
  const state: SourceState = {
    id: context.source,
    type: 'muster',
    ref: { type: 'muster', path: context.source },
    status: hasErrors(part.problems) ? 'refused' : 'ok',
    nodes: part.nodes.length,
    groups: part.groups.length,
    files: [context.source],
    readAt: 0,
    approvals: [],
  };
  return { inventory: mergeSources([{ state, part, priority: musterPriority }]).inventory, part, document };
}
