import type { InventoryFile } from '../schema/inventory.ts';
import type { Connection } from './model.ts';
import type { NodeDraft } from './nodes.ts';

/** Turns a path of the file into an absolute one. */
export type ResolvePath = (path: string) => string;

/** Connection of a node: its own settings over those of the file's defaults over Muster's own. */
export function connectionOf(
  { name, settings }: NodeDraft,
  defaults: NonNullable<InventoryFile['defaults']>,
  resolvePath: ResolvePath,
): Connection {
  const merged = { ...defaults, ...settings };
  const { user, transport = 'ssh', port = 22, auth = ['agent', 'key'], connectTimeout, cwd } = merged;
  const { identityFile, knownHosts } = merged;
  const inherited = defaults.jump?.includes(name) ? [] : (defaults.jump ?? []);
  return {
    transport,
    host: settings.host ?? name,
    port,
    ...(user !== undefined && { user }),
    jump: transport === 'local' ? [] : [...(settings.jump ?? inherited)],
    ...(identityFile !== undefined && { identityFile: resolvePath(identityFile) }),
    auth: [...new Set(auth)],
    ...(knownHosts !== undefined && { knownHosts: resolvePath(knownHosts) }),
    ...(connectTimeout !== undefined && { connectTimeoutMs: connectTimeout }),
    ...(transport === 'local' && { cwd: resolvePath(cwd ?? '.') }),
  };
}
