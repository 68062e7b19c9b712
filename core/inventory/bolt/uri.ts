/** A target's address in parts. */
export type TargetUri = {
  readonly scheme?: string;
  readonly user?: string;
  readonly hasPassword: boolean;
  readonly host: string;
  readonly port?: number;
  /** The text without a password: the name of a target that has none of its own. */
  readonly name: string;
};

/**
 * Reads `ssh://user@host:22`, `host`, `[2001:db8::1]:22`. What Bolt can not read is undefined. What follows the port
 * is of no account, as in Bolt (lib/bolt/inventory/target.rb, parse_uri).
 */
export function parseUri(text: string): TargetUri | undefined {
  const match =
    /^(?:([^:/?#\s]+):\/\/)?(?:([^/?#]*)@)?(\[[^[\]/?#]*\]|[^:/?#[\]]*)(?::(\d*))?(?:[/?#].*)?$/s.exec(text);
  if (!match || text === '') return undefined;
  const [, scheme, info, host = '', digits = ''] = match;
  const port = digits === '' ? undefined : Number(digits);
  if (port !== undefined && port > 65_535) return undefined;
  const [user, ...password] = info?.split(':') ?? [];
  const account = user === undefined || user === '' ? undefined : decoded(user);
  const hasPassword = password.length > 0;
  return {
    ...(scheme !== undefined && { scheme }),
    ...(account !== undefined && { user: account }),
    hasPassword,
    host: host.replace(/^\[(.*)\]$/s, '$1'),
    ...(port !== undefined && { port }),
    name: hasPassword ? text.replace(`${info ?? ''}@`, `${user ?? ''}@`) : text,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
