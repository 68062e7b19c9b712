import { type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { KeyFileState } from '../service/workspace.ts';

/**
 * What is wrong with a private key of this machine, by its canonical URI or its path below `~`; undefined where nothing
 * is, or nothing can be said: another machine has no such folder, or the person may not look into it. The key itself is
 * not read. A public key beside it is enough for an agent. OpenSSH refuses a key of the person that others may read
 * (`sshkey_perm_ok` in its authfile.c); Windows has no such modes.
 */
export function keyFileState(place: string): KeyFileState | undefined {
  const path = pathOf(place);
  if (path === undefined) return undefined;
  const found = look(path);
  if (found === 'none') {
    const isAlone = typeof look(dirname(path)) === 'object' && look(`${path}.pub`) === 'none';
    return isAlone ? 'missing' : undefined;
  }
  if (found === 'unknown' || path.endsWith('.pub') || !found.isFile()) return undefined;
  return found.uid === process.getuid?.() && (found.mode & 0o077) !== 0 ? 'open' : undefined;
}

function pathOf(place: string): string | undefined {
  if (place.startsWith('~/')) return join(homedir(), place.slice(2));
  // One with the name of a host is on that host.
  if (!place.startsWith('file:///')) return undefined;
  try {
    return fileURLToPath(place);
  } catch {
    return undefined;
  }
}

function look(path: string): Stats | 'none' | 'unknown' {
  try {
    return statSync(path);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return code === 'ENOENT' ? 'none' : 'unknown';
  }
}
