import type { InventoryFile } from '../../schema/inventory.ts';
import type { DeclaredSource } from '../source.ts';
import type { ResolvePath } from './describe.ts';

/** The sources that a file names, their paths absolute. */
export function declaredSources(file: InventoryFile, resolvePath: ResolvePath): readonly DeclaredSource[] {
  return (file.sources ?? []).map(({ type, path, run, ttl, priority }) => ({
    type,
    path: resolvePath(path ?? (type === 'ssh-config' ? '~/.ssh/config' : '.')),
    ...(run !== undefined && { run }),
    ...(ttl !== undefined && { ttlMs: ttl }),
    ...(priority !== undefined && { priority }),
  }));
}
