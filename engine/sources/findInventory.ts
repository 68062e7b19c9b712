import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The nearest `.muster/inventory.yaml`, here or in a folder above. */
export async function findInventory(cwd: string): Promise<string | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, '.muster', 'inventory.yaml');
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
    if (folder === dirname(folder)) return undefined;
  }
}
