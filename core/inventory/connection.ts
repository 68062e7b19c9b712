import type { Entry, SettingEntries } from './part.ts';
import type { Connection, ConnectionSettings } from './settings.ts';

/** Settings whose winner is known: each with the entry that won. */
export type Settled = { readonly entries: SettingEntries; readonly ownJump: boolean };

/**
 * Connection of a node from the settings that won, Muster's own defaults below. A hop that the node would use by a
 * default or a group, and that is the node itself, is left out: the bastion of a fleet is in the fleet.
 */
export function connectionOf(name: string, { entries, ownJump }: Settled): Connection {
  const settings = plain(entries);
  const { transport = 'ssh', jump = [], cwd, ...rest } = settings;
  const isLocal = transport === 'local';
  const isOwnHop = !ownJump && jump.includes(name);
  return {
    host: name,
    port: 22,
    identityFiles: [],
    auth: ['agent', 'key'],
    ...rest,
    transport,
    jump: isLocal || isOwnHop ? [] : jump,
    ...(isLocal && cwd !== undefined && { cwd }),
  };
}

/** The values alone. */
function plain(entries: SettingEntries): Partial<ConnectionSettings> {
  const pairs = Object.entries<Entry<unknown> | undefined>(entries);
  return Object.fromEntries(pairs.flatMap(([key, entry]) => (entry ? [[key, entry.value]] : [])));
}
