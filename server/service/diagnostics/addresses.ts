import { isIpv4, isIpv6 } from '../../../core/util/ip.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import type { Finding } from './finding.ts';

/** Hosts that look like addresses and are none: nothing ever answers there. */
export function* addressFindings({ inventory, parsed, document }: MusterDocument): Iterable<Finding> {
  const told = new Set<number>();
  for (const { name, connection, origin } of inventory.nodes) {
    const { host, transport } = connection;
    const why = transport === 'local' ? undefined : wrongIn(host);
    if (why === undefined) continue;
    const isWritten = parsed.writtenAt(['nodes', name, 'host']) === host;
    const place = isWritten ? parsed.rangeOf(['nodes', name, 'host'], 'value') : origin.range;
    if (!place || told.has(place.start)) continue;
    told.add(place.start);
    const message = `"${host}" is no address: ${why}. Write an IP address or a host name.`;
    yield { code: 'inventory/address', message, range: rangeOf(document, place) };
  }
}

function wrongIn(host: string): string | undefined {
  if (/^\d+(?:\.\d+){3,}$/.test(host) && !isIpv4(host))
    return host.split('.').length > 4 ? 'it has more than four numbers' : 'its numbers go up to 255';
  if (host.includes(':') && !isIpv6(host)) return 'with colons it would be IPv6, and it is not';
  return /(?:^|\.)\.|^\.$/.test(host) ? 'there is nothing between its dots' : undefined;
}
