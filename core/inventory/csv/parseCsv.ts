import { emptyPart } from '../part.ts';
import type { InventoryPart, ParseInput } from '../part.ts';

export function parseCsv(input: ParseInput): InventoryPart {
  void input;
  return emptyPart;
}
