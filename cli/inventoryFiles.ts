import { resolve } from 'node:path';
import type { Result } from '../core/util/errors.ts';

/** The inventory files named on the command line, or the nearest one of the folder and those above it. */
export async function inventoryFiles(
  named: readonly string[],
  cwd: string,
): Promise<Result<readonly string[]>> {
  if (named.length > 0) return { ok: true, value: named.map((path) => resolve(cwd, path)) };
  const { findInventory } = await import('../engine/sources/findInventory.ts');
  const found = await findInventory(cwd);
  if (found !== undefined) return { ok: true, value: [found] };
  const message = `No inventory: there is no .muster/inventory.yaml in ${cwd} or above it. Name a file with -i.`;
  return { ok: false, error: { code: 'INPUT_MISSING', message } };
}
