import type { Phase } from '../../../core/run/outcome.ts';
import { visible } from '../../../core/util/visible.ts';

/** What ssh has said on its stderr with `-v`, as far as it matters. */
export type SshLog = {
  /** Takes more of it, cut anywhere. */
  take(chunk: Buffer): void;
  /** The last lines that are no debugging, the oldest first. */
  said(): readonly string[];
  /** The last of them that tells what became of the connection. */
  lastWords(): string | undefined;
  facts(): SshFacts;
  /** How many endpoints have let us in: jump hosts first, each by an ssh of its own that writes to the same log. */
  logins(): number;
};

/** What is known of the last endpoint that was spoken with: a jump host speaks in an ssh of its own. */
export type SshFacts = {
  /** Address and port as they were dialled. */
  readonly dialled?: { readonly host: string; readonly port: number };
  /** How we logged in, such as `ED25519-CERT key /home/ada/.ssh/id`. */
  readonly auth?: string;
  /** Where the host key was found, such as `known_hosts:118`. */
  readonly hostKey?: string;
  /** Fingerprint of the host key that was shown, as `SHA256:…`. */
  readonly shown?: string;
};

/** Lines kept, and bytes of each. */
const mostLines = 40;
const mostBytes = 1000;

/** Reads the log line by line; calls back when another phase of connecting begins. */
export function readSshLog(onPhase: (phase: Phase) => void): SshLog {
  let rest = '';
  let lines: string[] = [];
  let facts: SshFacts = {};
  let logins = 0;
  const takeLine = (line: string): void => {
    const debug = /^debug\d: (.*)$/.exec(line)?.[1];
    const phase = debug === undefined ? undefined : phaseOf(debug);
    if (phase) onPhase(phase);
    if (line.startsWith('Authenticated to ')) logins++;
    facts = { ...facts, ...factsIn(debug ?? line) };
    if (debug === undefined && line.trim() !== '') lines = [...lines, visible(line)].slice(-mostLines);
  };
  return {
    take(chunk) {
      const parts = (rest + chunk.toString('utf8')).split(/\r?\n/);
      rest = (parts.pop() ?? '').slice(-mostBytes);
      for (const part of parts) takeLine(part.slice(0, mostBytes));
    },
    lastWords: () => lines.findLast((line) => !/^(?:Authenticated to |OpenSSH_)/.test(line)),
    said: () => (rest.trim() === '' ? lines : [...lines, visible(rest)]),
    facts: () => facts,
    logins: () => logins,
  };
}

function phaseOf(debug: string): Phase | undefined {
  if (debug.startsWith('Connecting to ') || debug.startsWith('Executing proxy command')) return 'tcp';
  if (debug.startsWith('Connection established') || debug.startsWith('Local version string')) return 'banner';
  if (debug.startsWith('SSH2_MSG_KEXINIT sent')) return 'kex';
  return debug.startsWith('SSH2_MSG_SERVICE_ACCEPT received') ? 'auth' : undefined;
}

function factsIn(line: string): SshFacts {
  const [, host, port] = /^Connecting to (\S+) (?:\[[^\]]*\] )?port (\d+)/.exec(line) ?? [];
  if (host !== undefined && port !== undefined) return { dialled: { host, port: Number(port) } };
  const [, name, via] =
    /^Authenticated to \S+ \(.*\) using "([^"]+)"|^Authenticated to .* using "([^"]+)"/.exec(line) ?? [];
  const method = name ?? via;
  // The key that was accepted says more than `publickey`.
  if (method !== undefined && method !== 'publickey') return { auth: method };
  const [, path, type] = /^Server accepts key: (.+?) ([A-Z0-9-]+) SHA256:/.exec(line) ?? [];
  if (path !== undefined && type !== undefined) return { auth: `${type} key ${visible(path)}` };
  const [, file] = /^Found (?:CA )?key in (.+:\d+)$/.exec(line) ?? [];
  if (file !== undefined) return { hostKey: visible(file.replace(/^.*\//, '')) };
  const [, shown] = /^Server host (?:key|certificate): \S+ (SHA256:[\w+/]+)/.exec(line) ?? [];
  return shown === undefined ? {} : { shown };
}
