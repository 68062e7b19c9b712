/** Four numbers up to 255. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** RFC 4291, section 2.2, with a zone (RFC 4007) or without: `2001:db8::1`, `fe80::1%eth0`, `::ffff:10.0.0.1`. */
export function isIpv6(text: string): boolean {
  const [address = '', zone, more] = text.split('%');
  if (zone === '' || more !== undefined) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const last = groups.at(-1)?.at(-1) ?? '';
  const isMixed = last.includes('.') && isIpv4(last);
  const hex = isMixed ? all.slice(0, -1) : all;
  const count = hex.length + (isMixed ? 2 : 0);
  const fits = halves.length === 2 ? count < 8 : count === 8;
  return fits && hex.every((group) => /^[\da-f]{1,4}$/i.test(group));
}
