/**
 * A host in the one spelling that all its spellings come to: lower case, no dot at the end, IPv4 in four decimals
 * whatever inet_aton(3) would take, IPv6 in full (RFC 4291) with the zone left out, IPv4-mapped IPv6 as IPv4, and the
 * names of the loopback as 127.0.0.1.
 */
export function canonicalHost(text: string): string {
  const host = text
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .replace(/\.+$/, '');
  if (/^(?:localhost|localhost\.localdomain|ip6-localhost|ip6-loopback|.*\.localhost)$/.test(host)) {
    return '127.0.0.1';
  }
  const v4 = ipv4(host);
  if (v4 !== undefined) return decimals(v4);
  const v6 = ipv6(host);
  if (!v6) return host;
  const [a, b] = [v6[6] ?? 0, v6[7] ?? 0];
  const isMapped = v6.slice(0, 5).every((group) => group === 0) && v6[5] === 0xffff;
  if (isMapped) return decimals(BigInt(a) * 65_536n + BigInt(b));
  const isLoopback = v6.slice(0, 7).every((group) => group === 0) && b === 1;
  return isLoopback ? '127.0.0.1' : v6.map((group) => group.toString(16)).join(':');
}

/** The bits of an address, for comparing with a network; undefined for a name. */
export function addressBits(text: string): { readonly bits: bigint; readonly size: 32 | 128 } | undefined {
  const host = canonicalHost(text);
  const v4 = ipv4(host);
  if (v4 !== undefined) return { bits: v4, size: 32 };
  const v6 = ipv6(host);
  return v6 && { bits: v6.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n), size: 128 };
}

/** inet_aton(3): one to four numbers, decimal, octal or hexadecimal; the last one fills what is left. */
function ipv4(host: string): bigint | undefined {
  const parts = host.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(?:0x[\da-f]+|0[0-7]*|[1-9]\d*)$/.test(part)))
    return undefined;
  const numbers = parts.map((part) => BigInt(/^0[0-7]+$/.test(part) ? `0o${part.slice(1)}` : part));
  const last = numbers.pop() ?? 0n;
  if (numbers.some((number) => number > 255n) || last >= 1n << BigInt(8 * (4 - numbers.length)))
    return undefined;
  return numbers.reduce((sum, number, at) => sum + (number << BigInt(8 * (3 - at))), last);
}

function ipv6(host: string): readonly number[] | undefined {
  if (!host.includes(':')) return undefined;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(host);
  const tail = dotted?.[2] === undefined ? undefined : ipv4(dotted[2]);
  if (dotted && tail === undefined) return undefined;
  const text =
    tail === undefined
      ? host
      : `${dotted?.[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], rest] = halves;
  const missing = 8 - head.length - (rest?.length ?? 0);
  if (halves.length > 2 || (rest ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...(rest ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

function decimals(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
}
