import type { SshConfig } from '../../../../core/inventory/sshConfig/readConfig.ts';
import { connectName, resolveHost } from '../../../../core/inventory/sshConfig/resolve.ts';
import { readJump } from '../../../../core/inventory/sshConfig/jump.ts';

const keys = ['rsa', 'ecdsa', 'ecdsa_sk', 'ed25519', 'ed25519_sk', 'xmss', 'dsa'].map(
  (kind) => `~/.ssh/id_${kind}`,
);

/** Fields of `ssh -G` for a host, with the defaults that it prints; lists joined as the oracle has them. */
export function printed(config: SshConfig, destination: string, localUser = 'root') {
  const at = destination.lastIndexOf('@');
  const host = destination.slice(at + 1);
  const user = at === -1 ? {} : { user: destination.slice(0, at) };
  const resolved = resolveHost(config, host, { localUser, ...user });
  const value = (keyword: string) => resolved.first.get(keyword)?.values;
  const identities = (resolved.all.get('identityfile') ?? []).map(({ values }) => values[0] ?? '');
  const strict = (value('stricthostkeychecking')?.[0] ?? 'ask').toLowerCase();
  const command = value('proxycommand')?.[0] ?? '';
  return {
    unsure: resolved.unsure?.what,
    fields: {
      hostname: connectName(resolved, host),
      user: value('user')?.[0] ?? localUser,
      port: value('port')?.[0] ?? '22',
      identityfile: (identities.length > 0 ? identities : keys).join(' ;; '),
      proxyjump: jumpText(value('proxyjump')?.join(' ') ?? ''),
      proxycommand: command.toLowerCase() === 'none' ? '' : command,
      stricthostkeychecking: { yes: 'true', no: 'false', off: 'false' }[strict] ?? strict,
      userknownhostsfile: (value('userknownhostsfile') ?? ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']).join(
        ' ',
      ),
    },
  };
}

function jumpText(text: string): string {
  if (text === '') return '';
  return (readJump(text) ?? [])
    .map((hop) => hop.replace(/^((?:[^@]*@)?)([\d.]+)((?::\d+)?)$/, '$1[$2]$3'))
    .join(',');
}
