import { type Expanded, expandHosts } from './ranges.ts';

export type HostPattern = Expanded & { readonly port?: number };

/**
 * Reads `web[01:20]`, `web1:2222`, `[2001:db8::1]:22` as Ansible does: a port follows brackets around the whole, or a
 * text whose only other colons are in ranges. What is no address stays a name.
 */
export function readHostPattern(text: string, most: number): HostPattern {
  const bracketed = /^\[(.+)\]:(\d+)$/.exec(text);
  const [, inside, insidePort] = bracketed ?? [];
  if (inside !== undefined && isAddress(inside)) return withPort(inside, insidePort, most);
  const [, host, port] = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/.exec(text) ?? [];
  if (host !== undefined && host !== '' && isAddress(host)) return withPort(host, port, most);
  if (text.endsWith(':') && !text.includes('::')) {
    return { message: `"${text}" ends with ":".`, fix: 'Write a port after it, or take it out.' };
  }
  // An IPv6 address has no ranges that begin at its first character, as `[a:f]-web` has.
  return isAddress(text) && /^[\da-f:.]+$/i.test(text) ? { names: [text] } : expandHosts(text, most);
}

/** Letters, digits and what names and addresses have beside them; ranges in brackets. */
function isAddress(text: string): boolean {
  return /^(?:[\p{L}\p{N}_.:%-]|\[[^\]]*\])+$/u.test(text);
}

function withPort(host: string, port: string | undefined, most: number): HostPattern {
  const number = Number(port);
  if (number < 1 || number > 65_535) {
    return { message: `${port} is not a port.`, fix: 'Write a number from 1 to 65535.' };
  }
  const expanded = /^[\da-f]*:[\da-f:.]+$/i.test(host) ? { names: [host] } : expandHosts(host, most);
  return 'names' in expanded ? { ...expanded, port: number } : expanded;
}
