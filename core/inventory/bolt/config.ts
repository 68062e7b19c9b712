import { nearest } from '../../util/nearest.ts';
import { didYouMean } from '../../util/problem.ts';
import { hostProblem, parseAddress, userProblem } from '../address.ts';
import type { Entry, SettingEntries } from '../part.ts';
import type { ConnectionSettings, SettingName } from '../settings.ts';
import type { Kind } from './options.ts';
import { sshOptions, transports, unused } from './options.ts';
import type { Branch, Tree } from './tree.ts';
import { mapOf, pluginGives, pluginOf, shown } from './tree.ts';
import { kindOf } from '../../util/kindOf.ts';

/** What the parser knows beside the text. */
export type BoltContext = { readonly tree: Tree; resolvePath(path: string): string };

/** Connection settings of a `config`: the transport, and what is said for ssh. */
export function settingsOf(config: Branch, context: BoltContext): SettingEntries {
  const { tree } = context;
  const plugin = pluginOf(config.value);
  if (plugin !== undefined) return { transport: unresolved('_plugin', config, { plugin, context }) };
  const map = mapOf(config.value);
  if (!map) return {};
  for (const key of map.keys()) {
    if (key !== 'transport' && !transports.includes(key))
      warnUnknown(tree, [...config.path, key], ['transport', ...transports]);
  }
  return {
    ...transportOf({ path: [...config.path, 'transport'], value: map.get('transport') }, context),
    ...sshOf({ path: [...config.path, 'ssh'], value: map.get('ssh') }, context),
  };
}

/** A warning about a key that Bolt does not know: Bolt goes on too. */
export function warnUnknown(tree: Tree, path: Branch['path'], known: readonly string[]): void {
  const key = String(path.at(-1));
  const near = nearest(key, known);
  tree.refuseKey(path, {
    code: 'bolt/unknown-key',
    severity: 'warning',
    message: `Bolt does not know "${shown(key)}", and it has no effect.`,
    fix: near === undefined ? `Known here: ${known.join(', ')}.` : didYouMean(near),
  });
}

function transportOf(branch: Branch, context: BoltContext): SettingEntries {
  const { value, path } = branch;
  if (value === undefined) return {};
  const plugin = pluginOf(value);
  if (plugin !== undefined) return { transport: unresolved('_plugin', branch, { plugin, context }) };
  if (typeof value === 'string' && transports.includes(value)) {
    return { transport: { value, range: context.tree.rangeOf(path) } };
  }
  const fix = `Write one of ${transports.join(', ')}.`;
  context.tree.refuse(path, {
    code: 'bolt/transport',
    message: `There is no transport "${shown(value)}".`,
    fix,
  });
  return {};
}

function sshOf(branch: Branch, context: BoltContext): SettingEntries {
  const { value, path } = branch;
  if (value === undefined) return {};
  const plugin = pluginOf(value);
  if (plugin !== undefined) return { host: unresolved('_plugin', branch, { plugin, context }) };
  const map = mapOf(value);
  if (!map) {
    context.tree.refuse(path, { code: 'bolt/type', message: `"ssh" is ${kindOf(value)}; Bolt wants a map.` });
    return {};
  }
  const found: [string, unknown][] = [];
  for (const [key, option] of map) {
    const entry = optionOf(key, { path: [...path, key], value: option }, context);
    if (entry) found.push(entry);
  }
  return Object.fromEntries(found);
}

type Found = readonly [SettingName, Entry<ConnectionSettings[SettingName]>];

function optionOf(key: string, branch: Branch, context: BoltContext): [string, unknown] | undefined {
  const { tree } = context;
  const kinds = sshOptions.get(key);
  if (!kinds) {
    warnUnknown(tree, branch.path, [...sshOptions.keys()]);
    return undefined;
  }
  const note = unused.get(key);
  if (note) tree.refuseKey(branch.path, { code: `bolt/${key}`, ...note });
  const plugin = pluginOf(branch.value);
  if (plugin !== undefined) return pluginSetting(key, branch, { plugin, context });
  const value = typedValue(branch, kinds, tree);
  const entry = value === undefined ? undefined : settingOf(key, { path: branch.path, value }, context);
  return entry && [...entry];
}

const settingNames: ReadonlyMap<string, { readonly name: SettingName; readonly standIn: unknown }> = new Map<
  string,
  { readonly name: SettingName; readonly standIn: unknown }
>([
  ['host', { name: 'host', standIn: '_plugin' }],
  ['port', { name: 'port', standIn: 22 }],
  ['user', { name: 'user', standIn: '_plugin' }],
  ['proxyjump', { name: 'jump', standIn: [] }],
  ['private-key', { name: 'identityFiles', standIn: [] }],
  ['connect-timeout', { name: 'connectTimeoutMs', standIn: 30_000 }],
  ['host-key-check', { name: 'strictHostKeyChecking', standIn: '_plugin' }],
]);

/** A password that a plugin gives is asked for like any other; all else of a plugin stops the nodes that it reaches. */
function pluginSetting(
  key: string,
  branch: Branch,
  from: { plugin: string; context: BoltContext },
): [string, unknown] | undefined {
  if (key === 'password') return [...passwordEntry(branch, from.context)];
  const setting = settingNames.get(key);
  return setting && [setting.name, unresolved(setting.standIn, branch, from)];
}

function settingOf(key: string, branch: Branch, context: BoltContext): Found | undefined {
  const { value, path } = branch;
  const { tree } = context;
  const range = tree.rangeOf(path);
  if (key === 'password') return passwordEntry(branch, context);
  if (key === 'host-key-check')
    return ['strictHostKeyChecking', { value: value === true ? 'yes' : 'no', range }];
  if (typeof value === 'number') return numberOf(key, { path, value }, tree);
  if (key === 'private-key') return keyOf(branch, context);
  if (typeof value !== 'string') return undefined;
  if (key === 'proxyjump') return jumpOf(value, branch, tree);
  if (key !== 'host' && key !== 'user') return undefined;
  const finding = key === 'host' ? hostProblem(value) : userProblem(value);
  if (finding) tree.refuse(path, { code: `bolt/${key}`, ...finding });
  return finding ? undefined : [key, { value, range }];
}

function numberOf(key: string, { path, value }: Branch & { value: number }, tree: Tree): Found | undefined {
  const range = tree.rangeOf(path);
  if (key === 'connect-timeout') {
    if (value >= 1) return ['connectTimeoutMs', { value: value * 1000, range }];
    tree.refuse(path, {
      code: 'bolt/value',
      message: `"connect-timeout" is ${value}.`,
      fix: 'Write 1 or more seconds.',
    });
  }
  if (key !== 'port') return undefined;
  if (value >= 1 && value <= 65_535) return ['port', { value, range }];
  const fix = 'Write a number from 1 to 65535.';
  tree.refuse(path, { code: 'bolt/value', message: `${value} is not a port.`, fix });
  return undefined;
}

/** A key that stands in the file is a secret: it is not read, and what is shown says so. */
function keyOf({ path, value }: Branch, { tree, resolvePath }: BoltContext): Found {
  const range = tree.rangeOf(path);
  if (typeof value === 'string') return ['identityFiles', { value: [resolvePath(value)], range }];
  const unresolvedKey = 'The private key stands in the inventory; save it to a file and name that.';
  return ['identityFiles', { value: [], range, unresolved: unresolvedKey }];
}

function jumpOf(text: string, { path }: Branch, tree: Tree): Found | undefined {
  const hops = text.split(',').map((hop) => hop.trim().replace(/^ssh:\/\//, ''));
  for (const hop of hops) {
    const address = parseAddress(hop);
    if ('host' in address) continue;
    tree.refuse(path, { code: 'bolt/proxyjump', ...address });
    return undefined;
  }
  return ['jump', { value: hops, range: tree.rangeOf(path) }];
}

/** Where Bolt has a password, a person is asked for one after keys were tried. */
function passwordEntry({ path }: Branch, { tree }: BoltContext): Found {
  return ['auth', { value: ['agent', 'key', 'password'], range: tree.rangeOf(path) }];
}

function unresolved<T>(
  value: T,
  { path }: Branch,
  { plugin, context }: { plugin: string; context: BoltContext },
): Entry<T> {
  return { value, range: context.tree.rangeOf(path), unresolved: pluginGives(plugin) };
}

/** The value, where it is of a kind that Bolt takes; `no` and `yes` as YAML 1.1 reads them. */
function typedValue({ path, value }: Branch, kinds: readonly Kind[], tree: Tree): unknown {
  const isWord = typeof value === 'string' && kinds.includes('boolean');
  const word = isWord ? /^(?:(yes|on)|no|off)$/i.exec(tree.written(path)) : null;
  if (word) return word[1] !== undefined;
  if (kinds.some((kind) => isOfKind(value, kind))) return value;
  const wanted = kinds.map((kind) => kindNames[kind]).join(' or ');
  const message = `"${String(path.at(-1))}" is ${kindOf(value)}; Bolt wants ${wanted}.`;
  tree.refuse(path, { code: 'bolt/type', message });
  return undefined;
}

const kindNames: Readonly<Record<Kind, string>> = {
  text: 'text',
  number: 'a whole number',
  boolean: 'true or false',
  list: 'a list',
  map: 'a map',
};

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'number') return Number.isSafeInteger(value);
  if (kind === 'boolean') return typeof value === 'boolean';
  return kind === 'list' ? Array.isArray(value) : mapOf(value) !== undefined;
}
