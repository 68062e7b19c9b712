import { hopText } from '../address.ts';

/** Hops of a ProxyJump, first hop first, as `[user@]host[:port]`; empty of `none`; undefined where ssh refuses it. */
export function readJump(text: string): readonly string[] | undefined {
  if (text.toLowerCase() === 'none') return [];
  const hops = text.split(',').map(readHop);
  return hops.every((hop) => hop !== undefined) ? hops : undefined;
}

/** `user@host:port`, `[2001:db8::1]:22`, `ssh://user@host:port`. */
function readHop(text: string): string | undefined {
  const plain = text.replace(/^ssh:\/\//i, '').replace(/\/$/, '');
  const at = plain.lastIndexOf('@');
  const user = at === -1 ? undefined : plain.slice(0, at);
  const [, bracketed, bare, port] =
    /^(?:\[([^\]]+)\]|([^:[\]/]+))(?::(\d{1,5}))?$/.exec(plain.slice(at + 1)) ?? [];
  const host = bracketed ?? bare;
  if (
    host === undefined ||
    user === '' ||
    (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
  ) {
    return undefined;
  }
  return hopText({ user, host, port: port === undefined ? undefined : Number(port) });
}
