import type { NodeSettings } from '../../schema/inventory.ts';
import type { Value } from '../../schema/value.ts';
import type { TextRange } from '../../util/problem.ts';
import type { Path } from '../../yaml/places.ts';
import type { Described as PartDescribed, Entry, SettingEntries, ValueEntries } from '../part.ts';
import type { Finder } from './finder.ts';

/** Turns a path of the file into an absolute one. */
export type ResolvePath = (path: string) => string;

export type Described = PartDescribed;

/** Groups and defaults are written with some of the keys that nodes have. */
type Written = NodeSettings;
type Known = { readonly finder: Finder; readonly resolvePath: ResolvePath };

/** What is written under a node, a group or `defaults`, each value with its place. */
export function describe(
  { settings, path }: { settings: Written; path: Path },
  { finder, resolvePath }: Known,
): Described {
  const at: At = (...inner) => finder.at([...path, ...inner], 'value');
  const { tags = [], vars, facts } = settings;
  return {
    settings: settingsOf(settings, { at, resolvePath }),
    vars: valuesOf(vars, (key) => at('vars', key)),
    facts: valuesOf(facts, (key) => at('facts', key)),
    tags: tags.map((value) => ({ value, range: finder.item([...path, 'tags'], value) })),
  };
}

const none: ValueEntries = new Map();

type At = (...inner: readonly (string | number)[]) => TextRange;

function settingsOf(
  settings: Written,
  { at, resolvePath }: { at: At; resolvePath: ResolvePath },
): SettingEntries {
  const { transport, host, port, user, jump, proxyCommand, identityFile, knownHosts, auth } = settings;
  const { connectTimeout, cwd, identitiesOnly, hostKeyAlias, sshConfig } = settings;
  const entry = <T>(key: keyof Written, value: T): Entry<T> => ({ value, range: at(key) });
  return {
    ...(transport !== undefined && { transport: entry('transport', transport) }),
    ...(host !== undefined && { host: entry('host', host) }),
    ...(port !== undefined && { port: entry('port', port) }),
    ...(user !== undefined && { user: entry('user', user) }),
    ...(jump !== undefined && { jump: entry('jump', jump) }),
    ...(proxyCommand !== undefined && { proxyCommand: entry('proxyCommand', proxyCommand) }),
    ...(identityFile && { identityFiles: entry('identityFile', identityFile.map(resolvePath)) }),
    ...(identitiesOnly !== undefined && { identitiesOnly: entry('identitiesOnly', identitiesOnly) }),
    ...(hostKeyAlias !== undefined && { hostKeyAlias: entry('hostKeyAlias', hostKeyAlias) }),
    ...(knownHosts && { knownHosts: entry('knownHosts', knownHosts.map(resolvePath)) }),
    ...(auth && { auth: entry('auth', [...new Set(auth)]) }),
    ...(connectTimeout !== undefined && { connectTimeoutMs: entry('connectTimeout', connectTimeout) }),
    ...(sshConfig !== undefined && { sshConfig: entry('sshConfig', resolvePath(sshConfig)) }),
    ...(cwd !== undefined && { cwd: entry('cwd', resolvePath(cwd)) }),
  };
}

function valuesOf(
  values: ReadonlyMap<string, Value> | null | undefined,
  rangeOf: (key: string) => TextRange,
): ValueEntries {
  if (!values || values.size === 0) return none;
  return new Map([...values].map(([key, value]) => [key, { value, range: rangeOf(key) }]));
}
