import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { combineInventories } from '../../core/inventory/combine.ts';
import { emptyInventory, type Inventory } from '../../core/inventory/model.ts';
import { parseInventory } from '../../core/inventory/parseInventory.ts';
import type { SourceRef } from '../../core/run/plan.ts';
import type { Problem } from '../../core/util/problem.ts';

export type InventoryLoader = { load(sources: readonly SourceRef[]): Promise<Inventory> };

/** Files larger than this are not read, in bytes: an inventory of 50,000 nodes has about 5 MB. */
const maxFileBytes = 50_000_000;

/** Reads inventory files; a file that has not changed since is not parsed again. */
export function createInventoryLoader(): InventoryLoader {
  const cache = new Map<string, { stamp: string; inventory: Inventory }>();
  const loadOne = async ({ path }: SourceRef): Promise<Inventory> => {
    const file = resolve(path);
    try {
      const { mtimeMs, size, isFile } = await statOf(file);
      if (!isFile) return failed(file, `${file} is not a file.`);
      if (size > maxFileBytes) return failed(file, `${file} is larger than ${maxFileBytes / 1_000_000} MB.`);
      const stamp = `${mtimeMs}:${size}`;
      const cached = cache.get(file);
      if (cached?.stamp === stamp) return cached.inventory;
      const text = await readFile(file, 'utf8');
      const inventory = parseInventory(text, {
        source: file,
        resolvePath: (inner) => resolve(dirname(file), expandHome(inner)),
      });
      cache.set(file, { stamp, inventory });
      return inventory;
    } catch (error) {
      return failed(file, readFailure(file, error));
    }
  };
  return {
    async load(sources) {
      return combineInventories(await Promise.all(sources.map(loadOne)));
    },
  };
}

async function statOf(file: string): Promise<{ mtimeMs: number; size: number; isFile: boolean }> {
  const info = await stat(file);
  return { mtimeMs: info.mtimeMs, size: info.size, isFile: info.isFile() };
}

function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? homedir() + path.slice(1) : path;
}

function readFailure(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT')
    return `There is no inventory at ${file}. Name one with -i, or create .muster/inventory.yaml.`;
  if (code === 'EACCES') return `${file} can not be read: permission denied.`;
  return `${file} can not be read: ${error instanceof Error ? error.message : String(error)}.`;
}

function failed(file: string, message: string): Inventory {
  const problem: Problem = { code: 'inventory-unreadable', severity: 'error', message, file };
  return { ...emptyInventory, problems: [problem] };
}
