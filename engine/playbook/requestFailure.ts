import { messageOf } from '../../core/util/errors.ts';
import { visible } from '../../core/util/visible.ts';

/** What Node says of a failure: its code, and where it was that redirects led to. */
type Details = { readonly code?: string; readonly hostname?: string; readonly port?: number };

/** Why a request had no answer, by the code of the system, of TLS or of HTTP; what has no code is told as it came. */
export function requestFailure(url: string, error: unknown): string {
  const cause: unknown = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const asked = new URL(url);
  const {
    code = '',
    hostname = asked.hostname,
    port: reached,
  } = (cause instanceof Error ? cause : {}) as Details;
  const port = reached ?? (asked.port || (asked.protocol === 'https:' ? 443 : 80));
  const message = messageOf(cause);
  if (message === 'bad port')
    return 'the port that it is for, or that it was redirected to, is refused for requests: it is that of another protocol';
  if (cause instanceof Error && cause.name === 'HTTPParserError')
    return `port ${port} answers, but not with HTTP`;
  return known(code, { hostname, port }) ?? (visible(message.trim()) || code);
}

function known(
  code: string,
  { hostname, port }: { hostname: string; port: string | number },
): string | undefined {
  switch (code) {
    case 'ENOTFOUND':
      return `there is no address for ${hostname}`;
    case 'EAI_AGAIN':
      return `the name service gave no answer for ${hostname}`;
    case 'ECONNREFUSED':
      return `connection refused on port ${port}`;
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `no answer on port ${port}`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no route to ${hostname}`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'the connection was closed before the answer was there';
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `port ${port} does not speak TLS; http:// in place of https:// may be what it wants`;
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `its certificate is for other names than ${hostname}`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'its certificate is from nobody whom this machine trusts';
    default:
      return undefined;
  }
}
