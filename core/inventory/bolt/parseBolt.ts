import { emptyPart } from '../part.ts';
import type { InventoryPart, ParseInput } from '../part.ts';

export function parseBolt(input: ParseInput): InventoryPart {
  void input;
  return emptyPart;
}
