import { stat } from 'node:fs/promises';
import type { OpensshOptions } from '../../../core/plugin/options.ts';

/** What the files are like on which it depends whether a connection is good: known_hosts and configuration. */
export async function stampsOf(
  { knownHosts, via, sshConfig }: OpensshOptions,
  home: string,
): Promise<string> {
  const usual = [`${home}/.ssh/known_hosts`, '/etc/ssh/ssh_known_hosts'];
  const named = [knownHosts, ...via.map((hop) => hop.knownHosts)].flatMap((files) => files ?? usual);
  const files = [...new Set([...named, sshConfig ?? `${home}/.ssh/config`])];
  return (await Promise.all(files.map(stampOf))).join();
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found ? `${found.ino}-${found.size}-${found.mtimeNs}` : 'none';
}
