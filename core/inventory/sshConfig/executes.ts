import type { Statement } from './statements.ts';

export type Setting = Extract<Statement, { type: 'set' }>;
type Include = Extract<Statement, { type: 'include' }>;

/** Keywords whose values ssh executes, or loads into itself, on this machine. */
const executing: Readonly<Record<string, string>> = {
  proxycommand: 'ProxyCommand',
  knownhostscommand: 'KnownHostsCommand',
  pkcs11provider: 'PKCS11Provider',
  smartcarddevice: 'PKCS11Provider',
  securitykeyprovider: 'SecurityKeyProvider',
};

/** What ssh would execute on this machine when it reads the statements, in the words of the file. */
export function executedBy(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((statement): readonly string[] => {
    switch (statement.type) {
      case 'host':
        return [];
      case 'match':
        return statement.conditions.flatMap(({ name, patterns }) =>
          name === 'exec' ? [execText(patterns)] : [],
        );
      case 'include':
        return [...openIncludes(statement), ...statement.files.flatMap(executedBy)];
      case 'set':
        return executedBySetting(statement);
    }
  });
}

export function executedBySetting({ keyword, values }: Setting): readonly string[] {
  const name = executing[keyword];
  const value = values.join(' ');
  return name === undefined || /^(?:none|internal)$/i.test(value) ? [] : [`${name} ${value}`];
}

export function openIncludes({ patterns }: Include): readonly string[] {
  // Which file that is only ssh knows.
  return patterns.filter((pattern) => /[%$]/.test(pattern)).map((pattern) => `Include ${pattern}`);
}

export function execText(patterns: readonly string[]): string {
  return `Match exec ${patterns.join(',')}`;
}
