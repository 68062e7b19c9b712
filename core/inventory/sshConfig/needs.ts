import type { SettingEntries } from '../part.ts';
import { isUnsure } from './match.ts';
import type { Resolved, Won } from './resolve.ts';
import type { LinePlace, Statement } from './statements.ts';

/** Keywords that the ssh transport does not have, with the name that people know and the values that make no difference. */
const beyond: readonly { readonly name: string; readonly idle?: RegExp; readonly only?: RegExp }[] = [
  { name: 'CertificateFile', idle: /^none$/i },
  { name: 'PKCS11Provider', idle: /^none$/i },
  { name: 'SecurityKeyProvider', idle: /^(?:internal|none)$/i },
  { name: 'GSSAPIAuthentication', idle: /^(?:no|false)$/i },
  { name: 'HostbasedAuthentication', idle: /^(?:no|false)$/i },
  { name: 'KnownHostsCommand', idle: /^none$/i },
  { name: 'RevokedHostKeys', idle: /^none$/i },
  { name: 'ProxyUseFdpass', idle: /^(?:no|false)$/i },
  { name: 'BindAddress' },
  { name: 'BindInterface' },
  { name: 'AddressFamily', idle: /^any$/i },
  // A list of its own is mostly stricter than the default; one that adds to it is for a node that needs what is old.
  { name: 'HostKeyAlgorithms', only: /^\+/ },
  { name: 'PubkeyAcceptedAlgorithms', only: /^\+/ },
  { name: 'KexAlgorithms', only: /^\+/ },
  { name: 'Ciphers', only: /^\+/ },
  { name: 'MACs', only: /^\+/ },
];

/** What makes a node one for the system's ssh, as settings; nothing where the ssh transport will do. */
export function opensshSettings(resolved: Resolved, config: string): SettingEntries {
  const need = needOf(resolved);
  if (!need) return {};
  const { what, file, range } = need;
  const entry = <T>(value: T) => ({ value, file, range });
  return {
    transport: entry('openssh'),
    sshConfig: entry(config),
    needsOpenssh: entry(`${what} (${file}:${range.line})`),
  };
}

function needOf({ unsure, first, all }: Resolved): (LinePlace & { readonly what: string }) | undefined {
  if (unsure) return unsure;
  for (const { name, idle, only } of beyond) {
    const key = name.toLowerCase();
    const won: Won | undefined = first.get(key) ?? all.get(key)?.[0];
    const value = won?.values[0] ?? '';
    if (won && !idle?.test(value) && (only?.test(value) ?? true)) return { ...won, what: name };
  }
  const key = all.get('identityfile')?.find(({ values }) => isSecurityKey(values[0] ?? ''));
  return key && { ...key, what: `the security key ${key.values[0] ?? ''}` };
}

/** Whether a node of any name could need the system's ssh by these. */
export function mayNeedOpenssh(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.type === 'include') return statement.files.some(mayNeedOpenssh);
    if (statement.type === 'match') return statement.conditions.some(({ name }) => isUnsure(name));
    if (statement.type === 'host') return false;
    const { keyword, values } = statement;
    if (keyword === 'identityfile') return isSecurityKey(values[0] ?? '');
    return keyword === 'canonicalizehostname' || beyond.some(({ name }) => name.toLowerCase() === keyword);
  });
}

/** ssh-keygen ends the names of keys that live on a security key with `_sk`. */
export function isSecurityKey(path: string): boolean {
  return path.endsWith('_sk');
}
