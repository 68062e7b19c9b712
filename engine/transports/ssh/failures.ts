import type { Phase } from '../../../core/run/outcome.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { visible } from '../../../core/util/visible.ts';
import type { HostAddress } from './knownHosts.ts';
import { unreachable, type Failure } from './step.ts';

/** Why a TCP connection failed, by the system's error code (errno(3), getaddrinfo(3)). */
export function dialFailure({ host, port }: HostAddress, error: unknown): Failure {
  const code = codeOf(error) ?? '';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_NONAME':
    case 'EAI_NODATA':
      return unreachable('dns', `there is no address for ${host}`);
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return unreachable('dns', `the name service gave no answer for ${host}`);
    case 'ECONNREFUSED':
      return unreachable('refused', `connection refused on port ${port}`);
    case 'ETIMEDOUT':
      return unreachable('timeout', `no answer on port ${port}`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return unreachable('timeout', `no route to ${host}`);
    case 'EMFILE':
    case 'ENFILE':
      return unreachable('throttled', 'too many open files on this side; lower the concurrency');
    default:
      return unreachable('protocol', `no connection to port ${port}: ${code || visible(messageOf(error))}`);
  }
}

/** Why a node ended the conversation before it was opened. `greeting` is what it said before SSH began. */
export function handshakeFailure(phase: Phase, error: unknown, greeting: string): Failure {
  const detail = visible(messageOf(error)).slice(0, 200);
  const isSilent = greeting === '' || greeting.startsWith('Exceeded MaxStartups');
  if (phase === 'banner' && isSilent) {
    return unreachable(
      'throttled',
      'the node closed the connection before it greeted: too many connections at once',
    );
  }
  if (phase === 'banner') {
    const said = visible(greeting.split(/[\r\n]/, 1)[0] ?? '').slice(0, 80);
    return unreachable('protocol', `this is no SSH port: it says "${said}"`);
  }
  if (phase === 'kex') return unreachable('protocol', `the key exchange failed: ${detail}`);
  return unreachable('protocol', `the node ended the connection during login: ${detail}`);
}

/** What a timeout in each phase is called. */
export function lateMessage(port: number, totalMs: number): (phase: Phase) => string {
  const span = `in ${Math.round(totalMs / 100) / 10} s`;
  return (phase) => {
    switch (phase) {
      case 'dns':
        return `the name service gave no answer ${span}`;
      case 'banner':
        return `port ${port} is open but no SSH greeting came ${span}`;
      case 'kex':
        return `no answer during the key exchange ${span}`;
      case 'auth':
        return `no answer during login ${span}`;
      case 'queued':
      case 'tcp':
      case 'host-key':
      case 'channel':
      case 'run':
      case 'drain':
        return `no answer on port ${port} ${span}`;
    }
  };
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
