import { visible } from '../../util/visible.ts';
import type { Complaint } from '../sourceText.ts';

type SettingKind = 'transport' | 'cwd' | 'user' | 'port' | 'tags' | 'groups' | 'jump' | 'identityFile';

/** What a column is about. */
export type Column =
  | { readonly kind: 'name' | 'host' | SettingKind }
  | { readonly kind: 'fact'; readonly path: readonly string[] }
  | { readonly kind: 'secret' }
  | { readonly kind: 'empty' };

export type ColumnProblem = Complaint & { readonly at: number };

const settings: ReadonlyMap<string, SettingKind> = new Map<string, SettingKind>([
  ['transport', 'transport'],
  ['cwd', 'cwd'],
  ['user', 'user'],
  ['username', 'user'],
  ['port', 'port'],
  ['tag', 'tags'],
  ['tags', 'tags'],
  ['group', 'groups'],
  ['groups', 'groups'],
  ['jump', 'jump'],
  ['jump_host', 'jump'],
  ['proxyjump', 'jump'],
  ['proxy_jump', 'jump'],
  ['identity_file', 'identityFile'],
  ['identityfile', 'identityFile'],
  ['key_file', 'identityFile'],
]);
const nameKeys: readonly string[] = ['name', 'node', 'host', 'hostname'];
const hostKeys: readonly string[] = ['host', 'hostname', 'address', 'ip', 'ip_address'];
const secretKeys: readonly string[] = ['password', 'passwd', 'passphrase', 'secret', 'token'];

/**
 * What the names of the columns mean. `name` names the node, or `host` where there is no `name`; the next of `host`,
 * `address` and `ip` is where it is reached. Names that mean nothing here are facts, by dots inside each other.
 */
export function readColumns(header: readonly string[]): {
  columns: readonly Column[];
  problems: readonly ColumnProblem[];
} {
  const keys = header.map((cell) => cell.toLowerCase().replaceAll(/[\s-]+/g, '_'));
  const problems: ColumnProblem[] = [];
  const nameKey = nameKeys.find((key) => keys.includes(key));
  const hostKey = hostKeys.find((key) => key !== nameKey && keys.includes(key));
  const columns = keys.map((key, at): Column => {
    if (key === '') return { kind: 'empty' };
    if (keys.indexOf(key) !== at) problems.push({ at, ...repeated(header[at] ?? '') });
    if (key === nameKey) return { kind: 'name' };
    if (key === hostKey) return { kind: 'host' };
    if (secretKeys.includes(key)) {
      problems.push({ at, ...secret });
      return { kind: 'secret' };
    }
    const setting = settings.get(key);
    return setting === undefined ? { kind: 'fact', path: (header[at] ?? '').split('.') } : { kind: setting };
  });
  if (nameKey === undefined) problems.push({ at: 0, ...nameless });
  for (const problem of pathProblems(columns, header)) problems.push(problem);
  return { columns, problems };
}

const nameless: Complaint = {
  code: 'csv/no-name',
  message: 'No column is called "name" or "host".',
  fix: 'Write the names of the columns into the first row: name,host,user,port,tags.',
};

const secret: Complaint = {
  code: 'csv/secret',
  severity: 'warning',
  message: 'This column is not read: secrets are asked for where a node wants one.',
  fix: 'Take it out of the file.',
};

function repeated(name: string): Complaint {
  const message = `There are two columns "${visible(name.slice(0, 60))}".`;
  return { code: 'csv/repeated-column', message, fix: 'Rename one.' };
}

/** A fact can not be a value and hold others; nor can two ways of writing a setting stand side by side. */
function pathProblems(columns: readonly Column[], header: readonly string[]): ColumnProblem[] {
  const problems: ColumnProblem[] = [];
  const values = new Set<string>();
  for (const column of columns) if (column.kind === 'fact') values.add(column.path.join('.'));
  const kinds = new Set<string>();
  for (const [at, column] of columns.entries()) {
    const name = visible((header[at] ?? '').slice(0, 60));
    if (column.kind === 'fact') {
      if (column.path.includes('')) {
        problems.push({
          at,
          code: 'csv/column',
          message: `A part of "${name}" is empty.`,
          fix: 'Write os.id.',
        });
      }
      const above = column.path.map((_part, length) => column.path.slice(0, length).join('.'));
      const clash = above.find((path) => path !== '' && values.has(path));
      if (clash === undefined) continue;
      const message = `"${visible(clash)}" has a column of its own, and can not hold "${name}".`;
      problems.push({ at, code: 'csv/column', message, fix: 'Rename one.' });
    } else if (column.kind !== 'empty' && column.kind !== 'secret') {
      if (kinds.has(column.kind)) {
        const message = `"${name}" says what another column says already.`;
        problems.push({ at, code: 'csv/repeated-column', message, fix: 'Take one out.' });
      }
      kinds.add(column.kind);
    }
  }
  return problems;
}
