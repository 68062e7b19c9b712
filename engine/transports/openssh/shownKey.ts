import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnknownHostKey } from '../../../core/run/events.ts';
import type { OpensshOptions } from '../../../core/plugin/options.ts';
import { fingerprint, keyTypeOf } from '../ssh/hostKey.ts';
import type { HostAddress, KnownHosts } from '../ssh/knownHosts.ts';
import type { Failure, Way } from '../ssh/step.ts';
import { strangerLines } from './config.ts';
import { runSsh, type MasterDeps, type Run } from './master.ts';

export type ShownKeyDeps = MasterDeps & {
  readonly knownHosts: Pick<KnownHosts, 'open'>;
  readonly runOf: (options: OpensshOptions, lines: readonly string[]) => Run;
};

/** Prints nothing, so that no key is known by it; writes down which key is asked about. */
const script = 'printf "%s %s %s\\n" "$2" "$3" "$4" >>"$1"\n';

/**
 * Adds to a failure because of an unknown host key the key itself, for a person to look at: ssh goes the same way again
 * knowing no key at all, so that it ends after the key exchange, before even a user name is sent (ssh_config(5),
 * KnownHostsCommand, OpenSSH 8.5 and later).
 */
export async function withShownKey(
  failure: Failure,
  options: OpensshOptions,
  { way, deps }: { way: Way; deps: ShownKeyDeps },
): Promise<Failure> {
  const { via, isKeyUnknown } = failure;
  if (!isKeyUnknown) return failure;
  const stranger = endpointOf(options, via, deps);
  const shown = stranger && (await askKey(stranger, way, deps));
  if (!stranger || !shown) return failure;
  const book = await deps.knownHosts.open(stranger.knownHosts);
  const alias = stranger.hostKeyAlias;
  const asked = alias === undefined ? shown.address : { host: alias, port: 22 };
  // Whoever is known by a certificate, or by another key, is no stranger.
  if (book.verdict(asked, shown.key).type !== 'unknown') return failure;
  const unknownHostKey: UnknownHostKey = {
    ...(alias === undefined ? shown.address : { host: stranger.host, port: stranger.port ?? 22, alias }),
    keyType: keyTypeOf(shown.key) ?? 'unknown',
    fingerprint: fingerprint(shown.key),
    key: shown.key.toString('base64'),
    knownHosts: book.file,
  };
  return { ...failure, unknownHostKey };
}

/** Options that lead to the jump host of that name, or to the node. */
function endpointOf(
  options: OpensshOptions,
  via: string | undefined,
  { runOf }: ShownKeyDeps,
): OpensshOptions | undefined {
  if (via === undefined) return options;
  const at = runOf(options, []).way.hops.indexOf(via);
  const hop = options.via[at];
  if (!hop) return undefined;
  const { proxyCommand, sshConfig } = options;
  return {
    ...hop,
    ...(proxyCommand !== undefined && { proxyCommand }),
    ...(sshConfig !== undefined && { sshConfig }),
    via: options.via.slice(0, at),
  };
}

type Shown = { readonly address: HostAddress; readonly key: Buffer };

async function askKey(options: OpensshOptions, way: Way, deps: ShownKeyDeps): Promise<Shown | undefined> {
  const folder = await deps.folder();
  const name = join(folder, randomBytes(6).toString('hex'));
  const [program, notes] = [`${name}.sh`, `${name}.key`];
  await writeFile(program, script, { mode: 0o600, flag: 'wx' });
  try {
    const run = deps.runOf(options, strangerLines({ program, notes }));
    await runSsh(run, way, deps);
    return readNotes(await readFile(notes, 'utf8').catch(() => ''));
  } finally {
    await Promise.all([program, notes].map((file) => rm(file, { force: true })));
  }
}

/** The last line about a plain key: of a certificate ssh asks for the key in it once no authority is known. */
function readNotes(text: string): Shown | undefined {
  for (const line of text.trim().split('\n').toReversed()) {
    const [name = '', type = '', base64 = ''] = line.split(' ');
    const key = Buffer.from(base64, 'base64');
    if (type.includes('-cert-v') || keyTypeOf(key) !== type) continue;
    const [, host, port] = /^\[(.+)\]:(\d+)$/.exec(name) ?? [];
    return { address: host === undefined ? { host: name, port: 22 } : { host, port: Number(port) }, key };
  }
  return undefined;
}
