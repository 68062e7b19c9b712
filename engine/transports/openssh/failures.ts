import type { UnreachableKind } from '../../../core/run/outcome.ts';
import { unreachable, type Failure } from '../ssh/step.ts';
import type { SshWay } from './config.ts';
import type { SshFacts, SshLog } from './log.ts';

/** What ssh said before it gave up, and whom it was to reach. */
type LastWords = {
  readonly said: readonly string[];
  readonly facts: SshFacts;
  readonly host: string;
  readonly user: string | undefined;
};

type Rule = {
  readonly says: RegExp;
  readonly kind: UnreachableKind;
  readonly isKeyUnknown?: true;
  readonly message: (found: RegExpExecArray, words: LastWords) => string;
};

/** The first that fits counts: ssh's own words (OpenSSH 8 to 10), the more exact ones before the rest. */
const rules: readonly Rule[] = [
  {
    says: /Host key for (.+?) has changed and you have requested strict checking/,
    kind: 'host-key',
    message: (found, words) => changedKey(found[1] ?? words.host, words),
  },
  {
    says: /REVOKED HOST KEY DETECTED|host key .*(?:was|is marked as) revoked|key .* revoked by file/i,
    kind: 'host-key',
    message: (_, { host }) => `the host key of ${host} is revoked. Not connected.`,
  },
  {
    says: /No (\S+) host key is known for (.+?) and you have requested strict checking/,
    kind: 'host-key',
    isKeyUnknown: true,
    message: (found, { facts }) =>
      `host key of ${found[2]} is not known${facts.shown === undefined ? '' : `: ${facts.shown}`}`,
  },
  {
    says: /Host key verification failed|Certificate invalid: (.*)/,
    kind: 'host-key',
    message: (found, { host }) =>
      `the host key of ${host} was not accepted${found[1] === undefined ? '' : `: its certificate is not valid: ${found[1]}`}`,
  },
  {
    says: /Could not resolve hostname (.+?): (.*)/,
    kind: 'dns',
    message: (found) =>
      (/temporary failure/i.test(found[2] ?? '')
        ? 'the name service gave no answer for '
        : 'there is no address for ') + found[1],
  },
  {
    says: /connect to host (\S+) port (\d+): Connection refused/,
    kind: 'refused',
    message: (found) => `connection refused on port ${found[2]}`,
  },
  {
    says: /connect to host (\S+) port (\d+): (?:Connection|Operation) timed out|Connection timed out during banner exchange|Connection to \S+ port \d+ timed out/,
    kind: 'timeout',
    message: (found) =>
      found[2] === undefined ? 'no SSH greeting came in time' : `no answer on port ${found[2]}`,
  },
  {
    says: /connect to host (\S+) port \d+: (?:No route to host|Network is unreachable|Host is down|Cannot assign.*)/,
    kind: 'timeout',
    message: (found) => `no route to ${found[1]}`,
  },
  {
    says: /(?:Permission denied \(([^)]*)\)|Received disconnect .*Too many authentication failures|Too many authentication failures|No more authentication methods)/,
    kind: 'auth',
    message: (found, { user }) =>
      found[1] === undefined
        ? 'the node takes no more tries: too many ways were tried'
        : `login${user === undefined ? '' : ` as ${user}`} refused; the node accepts ${found[1].replaceAll(',', ', ')}`,
  },
  {
    says: /Unable to negotiate with .*?: (.*)/,
    kind: 'protocol',
    message: (found) => `the key exchange failed: ${found[1]}`,
  },
  {
    says: /(?:kex_exchange_identification|banner exchange).*?: (?:Connection (?:closed|reset)|read: Connection reset|Exceeded MaxStartups)/i,
    kind: 'throttled',
    message: () => 'the node closed the connection before it greeted: too many connections at once',
  },
  {
    says: /(?:kex_exchange_identification|banner exchange|ssh_exchange_identification).*?: (.*)/,
    kind: 'protocol',
    message: (found) => `this is no SSH port: ${found[1]}`,
  },
];

/** Why ssh did not get to the node, or to a jump host on the way there. */
export function connectFailure(
  log: SshLog,
  { way, user }: { readonly way: SshWay; readonly user: string | undefined },
): Failure {
  const words = { said: log.said(), facts: log.facts(), host: way.destination, user };
  const text = words.said.join('\n');
  const hop = way.hops[log.logins()];
  for (const { says, kind, message, isKeyUnknown } of rules) {
    const found = says.exec(text);
    if (!found) continue;
    const said = message(found, words).slice(0, 500);
    const more = isKeyUnknown && { isKeyUnknown };
    if (hop === undefined) return { ...unreachable(kind, said), ...more };
    return { ...unreachable(kind === 'host-key' ? kind : 'jump', `via ${hop}: ${said}`), ...more, via: hop };
  }
  const last = words.said.at(-1) ?? 'ssh gave no reason';
  return unreachable('protocol', `ssh could not connect: ${last.slice(0, 300)}`);
}

function changedKey(name: string, { said, facts }: LastWords): string {
  const at = /Offending \S+ key in (.+:\d+)/.exec(said.join('\n'))?.[1];
  const shown = facts.shown === undefined ? '' : ` Shown: ${facts.shown}.`;
  const known = at === undefined ? '' : ` Known: ${at}.`;
  return (
    `${name} shows another host key than the one you know. Not connected.${shown}${known} ` +
    'Only if you know why (a new installation, say): remove the line, then run again.'
  );
}
