import { isIpv4, isIpv6 } from '../util/ip.ts';
import { visible } from '../util/visible.ts';

/** Why a text is refused, and what to write instead. */
export type Finding = { readonly message: string; readonly fix: string };

/** `[user@]host[:port]` in parts. */
export type Address = { readonly user?: string; readonly host: string; readonly port?: number };

/**
 * Refuses host names and addresses that could become an option or a command on their way to a node. Allowed are
 * letters, digits and `. _ - : %` (a zone), not beginning with `-`: narrower than what OpenSSH allows.
 */
export function hostProblem(host: string): Finding | undefined {
  const fix = 'Write a host name or an IP address.';
  if (host === '') return { message: 'The host is empty.', fix };
  if (host.startsWith('-')) return { message: `The host "${clean(host)}" begins with "-".`, fix };
  if (/^\[.*\]$/.test(host)) {
    return { message: `The host "${clean(host)}" has brackets.`, fix: `Write ${clean(host.slice(1, -1))}.` };
  }
  if (/^[^:]*:[^:]*$/.test(host)) {
    return { message: `The host "${clean(host)}" has a colon.`, fix: 'Write "host" and "port" apart.' };
  }
  const [odd] = /[^\p{L}\p{M}\p{N}._:%-]/u.exec(host) ?? [];
  if (odd !== undefined) return { message: `The host "${clean(host)}" contains "${clean(odd)}".`, fix };
  if (host.length > 255) return { message: 'The host is longer than 255 characters.', fix };
  return undefined;
}

/** Refuses what looks like an address and is none, so that nothing can ever answer there: `300.1.1.1`, `fe80::zz`, `a..b`. */
export function addressProblem(host: string): Finding | undefined {
  const why = wrongIn(host);
  if (why === undefined) return undefined;
  return { message: `"${clean(host)}" is no address: ${why}.`, fix: 'Write an IP address or a host name.' };
}

function wrongIn(host: string): string | undefined {
  if (/^\d+(?:\.\d+){3,}$/.test(host) && !isIpv4(host))
    return host.split('.').length > 4 ? 'it has more than four numbers' : 'its numbers go up to 255';
  if (host.includes(':') && !isIpv6(host)) return 'with colons it would be IPv6, and it is not';
  return /(?:^|\.)\.|^\.$/.test(host) ? 'there is nothing between its dots' : undefined;
}

/**
 * Refuses user names that could become an option or a command on their way to a node. Allowed are letters, digits
 * and `. _ - @ + % \`, not beginning with `-` nor ending with `\`.
 */
export function userProblem(user: string): Finding | undefined {
  const fix = 'Write the name of an account on the node.';
  if (user === '') return { message: 'The user is empty.', fix };
  if (user.startsWith('-')) return { message: `The user "${clean(user)}" begins with "-".`, fix };
  const [odd] = /[^\p{L}\p{M}\p{N}._@+%\\-]|\\$/u.exec(user) ?? [];
  if (odd !== undefined) return { message: `The user "${clean(user)}" contains "${clean(odd)}".`, fix };
  if (user.length > 255) return { message: 'The user is longer than 255 characters.', fix };
  return undefined;
}

/** Reads `host`, `user@host`, `host:22`, `[2001:db8::1]:22`; an address with several colons has no port. */
export function parseAddress(text: string): Address | Finding {
  const at = text.lastIndexOf('@');
  const user = at === -1 ? undefined : text.slice(0, at);
  const rest = text.slice(at + 1);
  const match = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(rest) ?? /^([^:]*):(\d{1,5})$/.exec(rest);
  const host = match?.[1] ?? rest;
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  const finding = hostProblem(host) ?? (user === undefined ? undefined : userProblem(user));
  if (finding) return finding;
  if (port !== undefined && (port < 1 || port > 65_535)) {
    return { message: `${port} is not a port.`, fix: 'Write a number from 1 to 65535.' };
  }
  return { ...(user !== undefined && { user }), host, ...(port !== undefined && { port }) };
}

type Written = {
  readonly user?: string | undefined;
  readonly host: string;
  readonly port?: number | undefined;
};

/** `[user@]host[:port]`, which {@link parseAddress} reads back. */
export function addressText({ user, host, port }: Written): string {
  const account = user === undefined ? '' : `${user}@`;
  if (port === undefined) return account + host;
  return `${account}${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The same as ssh reads it after `-J`: an IPv6 address in brackets, with a port or not. */
export function hopText({ user, host, port }: Written): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return `${addressText({ user, host: bracketed })}${port === undefined ? '' : `:${port}`}`;
}

/** Refuses names of nodes and groups that cannot be shown or selected as they are. */
export function nameProblem(name: string): Finding | undefined {
  const fix = 'Use letters, digits and . _ - : @ % / +';
  if (name === '') return { message: 'The name is empty.', fix };
  if (name.length > 255) return { message: 'The name is longer than 255 characters.', fix };
  if (name.startsWith('-')) return { message: `The name "${clean(name)}" begins with "-".`, fix };
  const [odd] = /[^\p{L}\p{M}\p{N}._:@%/+-]/u.exec(name) ?? [];
  if (odd !== undefined) return { message: `The name "${clean(name)}" contains "${clean(odd)}".`, fix };
  const [reserved] = /^(?:@|(?:node|group|tag|source|file|fact):|(?:all|none)$)/.exec(name) ?? [];
  if (reserved === undefined) return undefined;
  return { message: `"${reserved}" has a meaning of its own in selections.`, fix: 'Choose another name.' };
}

function clean(text: string): string {
  const shown = visible(text);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
