import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  builtInConfig,
  type Config,
  type ConfigLevel,
  layerConfig,
  readConfig,
} from '../../core/config/config.ts';
import type { SourceRef } from '../../core/inventory/source.ts';
import { messageOf, type Result } from '../../core/util/errors.ts';
import { hasErrors } from '../../core/util/problem.ts';
import { refuseProblems } from '../../core/util/refuseProblems.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The user's own file: XDG Base Directory, on Windows %APPDATA%. */
export function userConfigFile(env: Env, home: string): string {
  if (process.platform === 'win32') {
    return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Muster', 'config.yaml');
  }
  const config = env['XDG_CONFIG_HOME'];
  return join(config?.startsWith('/') ? config : join(home, '.config'), 'muster', 'config.yaml');
}

/** Where a request comes from. */
export type ConfigPlace = { readonly folder?: string | undefined; readonly sources: readonly SourceRef[] };

/** Bytes; people write these files. */
const mostBytes = 1_000_000;

/**
 * The user's configuration and upon it that of the workspace, read anew each time: the nearest `.muster/config.yaml` in
 * the client's folder or above it, else beside or above its sources. Refused where a file has errors.
 */
export function loadConfig(userFile: string, place: ConfigPlace): Result<Config> {
  const workspace = workspaceFile(place);
  let config: Config = builtInConfig;
  for (const [level, file] of [
    ['user', userFile],
    ['workspace', workspace],
  ] as const) {
    if (file === undefined) continue;
    const read = readFile(file, level);
    if (!read.ok) return read;
    if (read.value) config = layerConfig(config, read.value);
  }
  return { ok: true, value: config };
}

function workspaceFile({ folder, sources }: ConfigPlace): string | undefined {
  const starts = [
    ...(folder === undefined ? [] : [folder]),
    ...sources.map(({ type, path }) => (type === 'command' ? path : dirname(path))),
  ];
  for (const start of starts) {
    for (let at = start; ; at = dirname(at)) {
      const file = join(at, '.muster', 'config.yaml');
      if (isThere(file)) return file;
      if (at === dirname(at)) break;
    }
  }
  return undefined;
}

function isThere(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

type Part = ReturnType<typeof readConfig>['part'];

function readFile(file: string, level: ConfigLevel): Result<Part | undefined> {
  const refuse = (message: string): Result<never> => ({
    ok: false,
    error: { code: 'INPUT_INVALID', message },
  });
  try {
    const info = statSync(file, { throwIfNoEntry: false });
    if (!info) return { ok: true, value: undefined };
    if (!info.isFile()) return refuse(`${file} is not a regular file. Put a file there, or nothing.`);
    if (info.size > mostBytes) return refuse(`${file} has more than 1 MB. Make it shorter.`);
    const { part, problems } = readConfig(readFileSync(file, 'utf8'), { file, level });
    if (!hasErrors(problems)) return { ok: true, value: part };
    return refuseProblems('INPUT_INVALID', problems);
  } catch (error) {
    return refuse(`${file} can not be read: ${messageOf(error)}. Make it readable.`);
  }
}
