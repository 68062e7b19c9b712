import type { Entry, SettingEntries } from '../part.ts';
import type { ConnectionSettings } from '../settings.ts';
import { readJump } from './jump.ts';
import { connectName, type Resolved, type Won } from './resolve.ts';
import { fillPath, type Tokens } from './tokens.ts';
import { parseSeconds } from './values.ts';

/** The host that is asked about, and for whom. */
export type Lookup = { readonly name: string; readonly localUser: string; readonly home: string };

/** What a configuration says about a host, as settings: each with the line that won. */
export function settingsOf(resolved: Resolved, { name, localUser, home }: Lookup): SettingEntries {
  const { first } = resolved;
  const host = connectName(resolved, name);
  const user = first.get('user');
  const port = first.get('port');
  const tokens: Tokens = {
    host,
    name,
    localUser,
    home,
    port: port?.values[0] ?? '22',
    user: user?.values[0] ?? localUser,
  };
  const jump = first.get('proxyjump');
  const command = first.get('proxycommand');
  const only = first.get('identitiesonly');
  const strict = first.get('stricthostkeychecking');
  const alias = first.get('hostkeyalias');
  const timeout = first.get('connecttimeout');
  const seconds = timeout && parseSeconds(timeout.values[0] ?? '');
  const entries: { [Name in keyof ConnectionSettings]?: Entry<ConnectionSettings[Name]> | undefined } = {
    host: first.has('hostname') ? entryOf(first.get('hostname'), host) : undefined,
    user: entryOf(user, user?.values[0]),
    port: entryOf(port, port && Number(port.values[0])),
    jump: entryOf(jump, jump && [...(readJump(jump.values.join(' ')) ?? [])]),
    proxyCommand: isNone(command) ? undefined : entryOf(command, command?.values[0]),
    identityFiles: identityFiles(resolved, tokens),
    identitiesOnly: entryOf(only, only && isYes(only)),
    knownHosts: knownHosts(first.get('userknownhostsfile'), tokens),
    hostKeyAlias: entryOf(alias, alias?.values[0]),
    strictHostKeyChecking: entryOf(strict, strict?.values[0]),
    connectTimeoutMs: entryOf(timeout, seconds === undefined || seconds === 0 ? undefined : seconds * 1000),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== undefined));
}

function entryOf<T>(won: Won | undefined, value: T | undefined): Entry<T> | undefined {
  if (!won || value === undefined) return undefined;
  return { value, file: won.file, range: won.range };
}

function isNone(won: Won | undefined): boolean {
  return won?.values[0]?.toLowerCase() === 'none';
}

function isYes(won: Won): boolean {
  return /^(?:yes|true)$/i.test(won.values[0] ?? '');
}

function identityFiles({ all }: Resolved, tokens: Tokens): Entry<string[]> | undefined {
  const lines = all.get('identityfile') ?? [];
  return paths(
    lines[0],
    lines.map(({ values }) => values[0] ?? ''),
    tokens,
  );
}

/** `/dev/null` stands for nothing known, which would be asked anew each time: it does not count. */
function knownHosts(won: Won | undefined, tokens: Tokens): Entry<string[]> | undefined {
  return paths(
    won,
    (won?.values ?? []).filter((path) => path !== '/dev/null'),
    tokens,
  );
}

function paths(
  won: Won | undefined,
  written: readonly string[],
  tokens: Tokens,
): Entry<string[]> | undefined {
  const meant = written.filter((path) => path.toLowerCase() !== 'none');
  if (!won || meant.length === 0) return undefined;
  const filled: string[] = [];
  for (const path of meant) {
    const result = fillPath(path, tokens);
    if ('missing' in result) {
      const unresolved = `${result.missing} in "${path}" is known only to ssh on this machine.`;
      return { value: [...meant], file: won.file, range: won.range, unresolved };
    }
    filled.push(result.path);
  }
  return { value: filled, file: won.file, range: won.range };
}
