import { dirname, join } from 'node:path';
import type { PolicyLevel } from '../../core/policy/policy.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the policy files of the machine and of the person are. */
export type PolicyPaths = { readonly machine: string; readonly user: string };

/** `/etc` and the XDG Base Directory; on Windows %PROGRAMDATA% and %APPDATA%. */
export function policyPaths(env: Env, home: string): PolicyPaths {
  if (process.platform === 'win32') {
    return {
      machine: join(env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'Muster', 'policy.yaml'),
      user: join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Muster', 'policy.yaml'),
    };
  }
  const config = env['XDG_CONFIG_HOME'];
  return {
    machine: '/etc/muster/policy.yaml',
    user: join(config?.startsWith('/') ? config : join(home, '.config'), 'muster', 'policy.yaml'),
  };
}

/**
 * All places of policy files that count: the machine's, the person's, and `.muster/policy.yaml` in the given folders and
 * all those above, so that a folder inside cannot leave rules behind. A path may also be that of a file.
 */
export function policyFiles(
  paths: PolicyPaths,
  starts: readonly string[],
): readonly { readonly level: PolicyLevel; readonly file: string }[] {
  const workspace = new Set<string>();
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      workspace.add(join(folder, '.muster', 'policy.yaml'));
      if (folder === dirname(folder)) break;
    }
  }
  return [
    { level: 'machine', file: paths.machine },
    { level: 'user', file: paths.user },
    ...[...workspace].map((file) => ({ level: 'workspace', file }) as const),
  ];
}
