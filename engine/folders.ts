import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** The user's data folder for Muster: XDG Base Directory on Linux, Library on macOS, %LOCALAPPDATA% on Windows. */
export function dataFolder(env: Env, home: string): string {
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Muster');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Muster');
  return join(absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'muster');
}

/** Where the engine process keeps its socket and token: private to the user, gone after a restart. */
export function runtimeFolder(env: Env): string {
  const base = absolute(env['XDG_RUNTIME_DIR']);
  if (base) return join(base, 'muster');
  const { uid, username } = userInfo();
  return join(tmpdir(), `muster-${uid >= 0 ? uid : username}`);
}

/** One engine per user, version and data folder. */
export function engineName(version: string, dataDir: string): string {
  return `engine-${version}-${createHash('sha256').update(dataDir).digest('hex').slice(0, 8)}`;
}

/** The XDG specification: a relative path is invalid and is ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}
