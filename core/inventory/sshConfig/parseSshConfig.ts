import { emptyPart, type InventoryPart, type ParseInput } from '../part.ts';

/** Reads an OpenSSH client configuration. */
export function parseSshConfig(_input: ParseInput): InventoryPart {
  return emptyPart;
}
