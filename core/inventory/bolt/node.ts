import type { Value } from '../../schema/value.ts';
import type { Described, Entry, PartNode, SettingEntries, ValueEntries } from '../part.ts';
import { ownTransports } from './options.ts';
import { ownValues } from './precedence.ts';
import type { Target } from './resolve.ts';

/** A target as a node of the inventory. */
export function nodeOf(target: Target, top: Described): PartNode {
  const own = ownValues(target, top);
  const settings = { ...localByName(target), ...own.settings, ...uriSettings(target) };
  const groups = [top, ...target.groups.map(({ draft }) => draft.described)];
  const all: SettingEntries = groups.reduce<SettingEntries>(
    (below, each) => ({ ...below, ...each.settings }),
    {},
  );
  const blocked = blockOf({ ...all, ...settings });
  return {
    name: target.name,
    place: { range: target.range },
    settings,
    vars: own.vars,
    facts: withAliases(own.facts, target),
    tags: [],
    ...(blocked !== undefined && { blocked }),
  };
}

/** Address, user and port of a uri win over all that a config says. */
function uriSettings({ uri, range }: Target): SettingEntries {
  if (!uri) return {};
  const entry = <T>(value: T): Entry<T> => ({ value, range });
  return {
    ...(uri.scheme !== undefined && { transport: entry(uri.scheme) }),
    ...(uri.host !== '' && { host: entry(uri.host) }),
    ...(uri.user !== undefined && { user: entry(uri.user) }),
    ...(uri.port !== undefined && { port: entry(uri.port) }),
    ...(uri.hasPassword && { auth: passwordAuth(range) }),
  };
}

function passwordAuth(range: Target['range']): NonNullable<SettingEntries['auth']> {
  return { value: ['agent', 'key', 'password'], range };
}

/** A target of this name is this machine unless it says otherwise itself. */
function localByName({ name, range }: Target): SettingEntries {
  return name === 'localhost' ? { transport: { value: 'local', range } } : {};
}

function blockOf({ transport, host }: SettingEntries): string | undefined {
  const value = transport?.value ?? 'ssh';
  if (transport?.unresolved !== undefined) return undefined;
  if (!ownTransports.includes(value)) {
    return `Its transport is "${value}": Muster reaches nodes by ssh only, or is on them.`;
  }
  if (value === 'local' || host !== undefined) return undefined;
  return 'It has neither a uri nor a host: give it one of them in the inventory.';
}

/** Names by which Bolt knows the target too; a fact of this name is the file's own. */
function withAliases(facts: ValueEntries, { aliases }: Target): ValueEntries {
  const [first] = aliases;
  if (!first || facts.has('alias')) return facts;
  const value: Value = aliases.length === 1 ? first.name : aliases.map(({ name }) => name);
  return new Map([...facts, ['alias', { value, range: first.range }]]);
}
