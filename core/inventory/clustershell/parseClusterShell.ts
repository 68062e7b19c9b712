import { emptyPart } from '../part.ts';
import type { InventoryPart, ParseInput } from '../part.ts';

export function parseClusterShell(input: ParseInput): InventoryPart {
  void input;
  return emptyPart;
}
