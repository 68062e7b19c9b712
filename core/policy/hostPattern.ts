import type { Finding } from '../inventory/address.ts';
import { addressBits, canonicalHost } from './hostAddress.ts';

/** Refuses what can not be compared with an address: `10.0.0.0/33`, names with odd characters. */
export function hostPatternProblem(text: string): Finding | undefined {
  const fix = 'Write a name such as *.prod.example.com, an address, or a network such as 10.0.0.0/8.';
  const [network, length, ...rest] = text.split('/');
  if (length !== undefined) {
    const size = addressBits(network ?? '')?.size;
    const isFine =
      rest.length === 0 && size !== undefined && /^\d{1,3}$/.test(length) && Number(length) <= size;
    return isFine ? undefined : { message: `"${text}" is not a network.`, fix };
  }
  return /^[\p{L}\p{M}\p{N}._:*-]+$/u.test(text)
    ? undefined
    : { message: `"${text}" is not an address.`, fix };
}

/** Whether a host is meant by a pattern, in whatever spelling either was written. */
export function matchesHost(pattern: string, host: string): boolean {
  const [network = '', length] = pattern.split('/');
  const known = canonicalHost(host);
  if (length !== undefined) {
    // A name has a letter that no address has.
    if (/[g-wyz]/.test(known)) return false;
    const [net, own] = [addressBits(network), addressBits(known)];
    if (!net || !own || net.size !== own.size) return false;
    const shift = BigInt(net.size - Number(length));
    return net.bits >> shift === own.bits >> shift;
  }
  if (!pattern.includes('*')) return canonicalHost(pattern) === known;
  return matchesGlob(pattern.toLowerCase().replace(/\.+$/, '').split('*'), known);
}

/** The pieces between the stars, in order: the first at the start, the last at the end. */
function matchesGlob(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}
