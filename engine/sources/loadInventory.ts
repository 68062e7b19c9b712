import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type Merged, mergeSources } from '../../core/inventory/merge/merge.ts';
import type { LoadedSource } from '../../core/inventory/merge/unite.ts';
import { parseMuster } from '../../core/inventory/muster/parseMuster.ts';
import { emptyPart, type InventoryPart } from '../../core/inventory/part.ts';
import { defaultPriority, musterPriority, type SourceRef } from '../../core/inventory/source.ts';
import { hasErrors, type Problem } from '../../core/util/problem.ts';

export type InventoryLoader = { load(sources: readonly SourceRef[]): Promise<Merged> };

/** Files larger than this are not read, in bytes: an inventory of 50,000 nodes has about 5 MB. */
const maxFileBytes = 50_000_000;

/** Reads inventory files; a file that has not changed since is not parsed again. */
export function createInventoryLoader(): InventoryLoader {
  const cache = new Map<string, { stamp: string; part: InventoryPart }>();
  const partOf = async (file: string): Promise<InventoryPart> => {
    try {
      const { mtimeMs, size, isFile } = await statOf(file);
      if (!isFile) return failed(file, `${file} is not a file.`);
      if (size > maxFileBytes) return failed(file, `${file} is larger than ${maxFileBytes / 1_000_000} MB.`);
      const stamp = `${mtimeMs}:${size}`;
      const cached = cache.get(file);
      if (cached?.stamp === stamp) return cached.part;
      const { part } = parseMuster(await readFile(file, 'utf8'), {
        source: file,
        resolvePath: (inner) => resolve(dirname(file), expandHome(inner)),
      });
      cache.set(file, { stamp, part });
      return part;
    } catch (error) {
      return failed(file, readFailure(file, error));
    }
  };
  return {
    async load(sources) {
      return mergeSources(await Promise.all(sources.map(async (ref) => loaded(ref, await partOf(ref.path)))));
    },
  };
}

function loaded(ref: SourceRef, part: InventoryPart): LoadedSource {
  const type = ref.type ?? 'muster';
  return {
    part,
    priority: ref.priority ?? (type === 'muster' ? musterPriority : defaultPriority),
    state: {
      id: ref.path,
      type,
      ref,
      status: hasErrors(part.problems) ? 'refused' : 'ok',
      nodes: part.nodes.length,
      groups: part.groups.length,
      files: [ref.path],
      readAt: Date.now(),
      approvals: [],
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

function failed(file: string, message: string): InventoryPart {
  const problem: Problem = { code: 'inventory-unreadable', severity: 'error', message, file };
  return { ...emptyPart, problems: [problem] };
}
